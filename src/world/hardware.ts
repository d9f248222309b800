import { recordKind } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import type {
  ManagedObjectReference,
  VirtualDevice,
  VirtualMachineConfigInfo,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { type Disk, type Hardware, machines, type Nic } from './machine.js'

/** Which machine a managed host runs on; record `hostLink:<host moid>`, kept by the host family. */
export interface HostLink {
  readonly machine: string
}

export const hostLinks = recordKind<HostLink>('hostLink')
export const hostLinkId = (host: string) => `hostLink:${host}`

/** The machine below a managed host; undefined when the host has none. */
export function machineOfHost(read: Reader, host: string): string | undefined {
  return read.find(hostLinks, hostLinkId(host))?.machine
}

/**
 * What a machine is made of. A nested machine's CPUs, memory, NICs and disks are its VM's; its CPU model is that of the
 * physical machine at the bottom (fact sheet G.5).
 */
export function hardwareOf(read: Reader, machine: string): Hardware {
  const { hardware, vm, esxi } = read.get(machines, machine)
  if (hardware) return hardware
  if (vm === undefined) throw new Error(`${machine} is neither physical nor a VM.`)
  const { config, runtime } = read.get('VirtualMachine', vm)
  if (!config) throw new Error(`The VM ${vm} behind ${machine} has no configuration.`)
  return nestedHardware(
    config,
    hardwareBelow(read, runtime.host),
    runtime.powerState === 'poweredOn',
    esxi?.version ?? '8.0.3',
  )
}

function hardwareBelow(read: Reader, host: ManagedObjectReference | undefined): Hardware | undefined {
  const below = host && machineOfHost(read, host.value)
  return below === undefined ? undefined : hardwareOf(read, below)
}

/** Pure: the machine that a VM's configuration makes on the given hardware. */
export function nestedHardware(
  config: VirtualMachineConfigInfo,
  below: Hardware | undefined,
  poweredOn: boolean,
  version: string,
): Hardware {
  const devices = config.hardware.device ?? []
  const efi = config.firmware === 'efi'
  return {
    vendor: 'VMware, Inc.',
    model: efi ? 'VMware7,1' : 'VMware Virtual Platform',
    cpuModel: below?.cpuModel ?? 'Intel(R) Xeon(R) Gold 6330 CPU @ 2.00GHz',
    cpuVendor: below?.cpuVendor ?? 'intel',
    evcModeKey: below?.evcModeKey ?? 'intel-icelake',
    mhz: below?.mhz ?? 2000,
    packages: Math.max(1, Math.floor(config.hardware.numCPU / (config.hardware.numCoresPerSocket || 1))),
    cores: config.hardware.numCPU,
    threads: config.hardware.numCPU,
    memoryBytes: config.hardware.memoryMB * 2 ** 20,
    uuid: biosUuid(config.uuid),
    serial: serialOf(config.uuid),
    firmware: efi ? 'efi' : 'bios',
    nics: devices
      .filter((device) => isA(device._typeName, 'VirtualEthernetCard'))
      .map((nic, at) => nicOf(nic, at, poweredOn, version)),
    disks: devices.filter((device) => device._typeName === 'VirtualDisk').map((disk, at) => diskOf(disk, at)),
    hv: (config.nestedHVEnabled ?? false) && (below?.hv ?? true),
    hwMmu: (config.nestedHVEnabled ?? false) && (below?.hwMmu ?? true),
    nested: true,
  }
}

/** Link speed and driver that ESXi sees per virtual card (fact sheet G.4): class -> [Mb/s, driver from 7.0, driver before]. */
const CARDS: Readonly<Record<string, readonly [number, string, string]>> = {
  VirtualVmxnet3: [10_000, 'nvmxnet3', 'vmxnet3'],
  VirtualE1000e: [1_000, 'ne1000', 'e1000e'],
  VirtualE1000: [1_000, 'e1000', 'e1000'],
}

/** PCI slots of a VM's cards as a nested ESXi lists them: 0b, 13, 1b, then 04, 0c, 14, 1c ... (fact sheet G.4). */
const NIC_BUSES = ['0b', '13', '1b', '04', '0c', '14', '1c', '05', '0d', '15']

function nicOf(
  card: VirtualDevice & { macAddress?: string | undefined },
  at: number,
  poweredOn: boolean,
  version: string,
): Nic {
  const [speedMb, now, before] = CARDS[card._typeName] ?? [1_000, 'e1000', 'e1000']
  return {
    mac: card.macAddress ?? '',
    driver: version.startsWith('8.') || version.startsWith('7.') ? now : before,
    pci: `0000:${NIC_BUSES[at] ?? '0e'}:00.0`,
    speedMb,
    linkUp: poweredOn && (card.connectable?.connected ?? true),
  }
}

function diskOf(
  disk: VirtualDevice & { capacityInBytes?: number | bigint | undefined; capacityInKB?: number | bigint },
  at: number,
): Disk {
  const backing = disk.backing as { fileName?: string } | undefined
  return {
    canonicalName: `mpx.vmhba0:C0:T${at}:L0`,
    capacityBytes: Number(disk.capacityInBytes ?? Number(disk.capacityInKB ?? 0) * 1024),
    local: true,
    ssd: false,
    file: backing?.fileName,
  }
}

/** The SMBIOS UUID that the guest reports: the first three groups of the VM's UUID byte-swapped (fact sheet G.5). */
export function biosUuid(uuid: string): string {
  const [a = '', b = '', c = '', ...rest] = uuid.split('-')
  const swap = (group: string) => (group.match(/../g) ?? []).reverse().join('')
  return [swap(a), swap(b), swap(c), ...rest].join('-')
}

/** `VMware-42 01 b7 a6 5f 62 4e e0-ed f6 05 09 8f 74 af f3` for the VM UUID 4201b7a6-5f62-4ee0-edf6-05098f74aff3. */
export function serialOf(uuid: string): string {
  const bytes = uuid.replaceAll('-', '').match(/../g) ?? []
  return `VMware-${bytes.slice(0, 8).join(' ')}-${bytes.slice(8).join(' ')}`
}
