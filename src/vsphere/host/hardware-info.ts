import { data } from '#vim25/data.js'
import type {
  HostCpuPackage,
  HostHardwareInfo,
  HostNumaInfo,
  HostPciDevice,
  HostSystemIdentificationInfo,
} from '#vim25/generated/types.js'
import type { Hardware, Nic } from '#world/machine.js'
import { asOf, releaseOf } from './release.js'

/** HostSystem.hardware: what ESXi found when it booted. */
export function hardwareInfo(hardware: Hardware, version: string): HostHardwareInfo {
  const hz = hardware.mhz * 1_000_000
  return data('HostHardwareInfo', {
    systemInfo: asOf(
      data('HostSystemInfo', {
        vendor: hardware.vendor,
        model: hardware.model,
        uuid: hardware.uuid,
        otherIdentifyingInfo: identification(hardware),
        serialNumber: hardware.serial,
      }),
      releaseOf(version),
    ),
    cpuPowerManagementInfo: POWER_MANAGEMENT,
    cpuInfo: data('HostCpuInfo', {
      numCpuPackages: hardware.packages,
      numCpuCores: hardware.cores,
      numCpuThreads: hardware.threads,
      hz,
    }),
    cpuPkg: cpuPackages(hardware),
    memorySize: hardware.memoryBytes,
    numaInfo: numaInfo(hardware, version),
    smcPresent: false,
    pciDevice: hardware.nics.map(pciDevice),
    biosInfo: biosInfo(hardware, version),
    reliableMemoryInfo: NO_RELIABLE_MEMORY,
  })
}

const POWER_MANAGEMENT = data('HostCpuPowerManagementInfo', {
  currentPolicy: 'Balanced',
  hardwareSupport: '',
})

const NO_RELIABLE_MEMORY = data('HostReliableMemoryInfo', { memorySize: 0 })

/** What a VM's firmware says beside its serial number (fact sheet G.5, recorded). */
const VM_OEM_STRINGS = [
  '[MS_VM_CERT/SHA1/27d66596a61c48dd3dc7216fd715126e33f59ae7]',
  'Welcome to the Virtual Machine',
]

/** Asset tag, service tag, OEM strings and serial number, as the firmware gives them. */
export function identification(hardware: Hardware): readonly HostSystemIdentificationInfo[] {
  return [
    identifier('AssetTag', 'Asset Tag', 'Asset tag of the system', hardware.nested ? 'No Asset Tag' : ' '),
    identifier('ServiceTag', 'Service tag', 'Service tag of the system', hardware.serial),
    ...(hardware.nested
      ? VM_OEM_STRINGS.map((text) =>
          identifier('OemSpecificString', 'OEM specific string', 'OEM specific string', text),
        )
      : []),
    identifier('SerialNumberTag', 'Serial number', 'Serial number of the system', hardware.serial),
  ]
}

function identifier(
  key: string,
  label: string,
  summary: string,
  value: string,
): HostSystemIdentificationInfo {
  return data('HostSystemIdentificationInfo', {
    identifierValue: value,
    identifierType: data('ElementDescription', { label, summary, key }),
  })
}

const packages = new Map<string, readonly HostCpuPackage[]>()

function cpuPackages(hardware: Hardware): readonly HostCpuPackage[] {
  const key = [hardware.cpuModel, hardware.mhz, hardware.packages, hardware.threads].join('\0')
  let made = packages.get(key)
  if (!made) {
    const each = Math.max(1, Math.floor(hardware.threads / hardware.packages))
    made = Array.from({ length: hardware.packages }, (_, at) =>
      data('HostCpuPackage', {
        index: at,
        vendor: hardware.cpuVendor,
        hz: hardware.mhz * 1_000_000,
        busHz: hardware.nested ? 66_000_000 : 100_000_000,
        description: hardware.cpuModel,
        threadId: Array.from({ length: each }, (_thread, thread) => at * each + thread),
      }),
    )
    packages.set(key, Object.freeze(made))
  }
  return made
}

const numas = new Map<string, HostNumaInfo>()

function numaInfo(hardware: Hardware, version: string): HostNumaInfo {
  const nodes = hardware.nested ? 1 : hardware.packages
  const key = [nodes, hardware.threads, hardware.memoryBytes, releaseOf(version)].join(' ')
  let made = numas.get(key)
  if (!made) {
    const memory = Math.floor(hardware.memoryBytes / nodes)
    const threads = Math.floor(hardware.threads / nodes)
    made = data('HostNumaInfo', {
      type: 'NUMA',
      numNodes: nodes,
      numaNode: Array.from({ length: nodes }, (_, at) =>
        asOf(
          data('HostNumaNode', {
            typeId: at,
            cpuID: Array.from({ length: threads }, (_cpu, cpu) => at * threads + cpu).reverse(),
            memorySize: memory,
            memoryRangeBegin: at * memory,
            memoryRangeLength: memory,
          }),
          releaseOf(version),
        ),
      ),
    })
    numas.set(key, made)
  }
  return made
}

/** PCI ids per driver, as signed 16-bit numbers the way vim25 writes them: vendor, device, names. */
const VMWARE = 0x15ad
const INTEL = 0x8086 - 0x1_0000
const NIC_IDS: Readonly<Record<string, readonly [number, number, string, string]>> = {
  nvmxnet3: [VMWARE, 0x07b0, 'VMware Inc.', 'vmxnet3 Virtual Ethernet Controller'],
  vmxnet3: [VMWARE, 0x07b0, 'VMware Inc.', 'vmxnet3 Virtual Ethernet Controller'],
  ne1000: [INTEL, 0x10d3, 'Intel Corporation', '82574L Gigabit Network Connection'],
  e1000e: [INTEL, 0x10d3, 'Intel Corporation', '82574L Gigabit Network Connection'],
  e1000: [INTEL, 0x100f, 'Intel Corporation', '82545EM Gigabit Ethernet Controller (Copper)'],
}
const OTHER_NIC = [INTEL, 0x1572, 'Intel Corporation', 'Ethernet Controller X710 for 10GbE SFP+'] as const

function pciDevice(nic: Nic): HostPciDevice {
  const [vendorId, deviceId, vendorName, deviceName] = NIC_IDS[nic.driver] ?? OTHER_NIC
  const [, bus = '0', slot = '0', fn = '0'] = /^\w+:(\w+):(\w+)\.(\w)$/.exec(nic.pci) ?? []
  return data('HostPciDevice', {
    id: nic.pci,
    classId: 0x0200,
    bus: signedByte(Number.parseInt(bus, 16)),
    slot: signedByte(Number.parseInt(slot, 16)),
    function: signedByte(Number.parseInt(fn, 16)),
    vendorId,
    subVendorId: vendorId,
    vendorName,
    deviceId,
    subDeviceId: deviceId,
    deviceName,
  })
}

const signedByte = (value: number) => (value > 127 ? value - 256 : value)

/** Firmware of a VM (fact sheet G.5, recorded for EFI), or of a server. */
function biosInfo(hardware: Hardware, version: string) {
  const info = !hardware.nested
    ? data('HostBIOSInfo', {
        biosVersion: '2.19.1',
        releaseDate: '2023-06-04T00:00:00Z',
        vendor: hardware.vendor,
        majorRelease: 2,
        minorRelease: 19,
        firmwareMajorRelease: 255,
        firmwareMinorRelease: 255,
        firmwareType: hardware.firmware === 'efi' ? 'UEFI' : 'BIOS',
      })
    : hardware.firmware === 'efi'
      ? data('HostBIOSInfo', {
          biosVersion: 'VMW71.00V.18227214.B64.2106252220',
          releaseDate: '2021-06-25T00:00:00Z',
          vendor: 'VMware, Inc.',
          majorRelease: 255,
          minorRelease: 255,
          firmwareMajorRelease: 255,
          firmwareMinorRelease: 255,
          firmwareType: 'UEFI',
        })
      : data('HostBIOSInfo', {
          biosVersion: '6.00',
          releaseDate: '2020-11-12T00:00:00Z',
          vendor: 'Phoenix Technologies LTD',
          majorRelease: 4,
          minorRelease: 6,
          firmwareMajorRelease: 0,
          firmwareMinorRelease: 0,
          firmwareType: 'BIOS',
        })
  return asOf(info, releaseOf(version))
}
