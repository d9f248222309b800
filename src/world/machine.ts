import { recordKind } from '#inventory/entity.js'
import { index } from '#inventory/indexes.js'
import type { Reader } from '#inventory/reader.js'

/**
 * A computer that can run ESXi: physical, or nested (a VM whose disk holds ESXi is one). Machines exist before vCenter
 * knows them. Records `machine:<n>`.
 */
export interface Machine {
  readonly name: string
  /** moid of the VM that is this machine; undefined for a physical one. */
  readonly vm?: string | undefined
  /** Physical machines: the fixed hardware. A nested machine's is its VM's (hardware.ts). */
  readonly hardware?: Hardware | undefined
  readonly power: 'on' | 'off'
  /** What is installed; undefined: nothing. */
  readonly esxi?: Installation | undefined
  /** What was installed on the VM that this machine was: it may be registered again. */
  readonly left?: Installation | undefined
  /** 'failed': powered on, but below the installed release's minimum, so that it never answers. */
  readonly state: 'off' | 'booting' | 'up' | 'failed'
  /** When it came up, milliseconds since the epoch. */
  readonly bootTime?: number | undefined
  /** Number of its last boot: a boot that was interrupted is recognised by it. */
  readonly boots: number
}

/** An installed ESXi. */
export interface Installation {
  /** 6.0.0, 6.7.0, 8.0.3 ... */
  readonly version: string
  readonly build: string
  /** Fully qualified name. */
  readonly hostName: string
  /** IPv4 of the management vmkernel adapter. */
  readonly address: string
  readonly netmask: string
  readonly gateway?: string | undefined
  readonly user: string
  readonly password: string
  /** SystemInfo UUID of the machine as this installation reports it. */
  readonly uuid: string
  /** SHA-1 of its certificate, as SSLVerifyFault and HostConnectInfo give it: AA:BB:... */
  readonly thumbprint: string
  /** Address of another vCenter Server that manages it already. */
  readonly managedBy?: string | undefined
}

export interface Hardware {
  readonly vendor: string
  readonly model: string
  readonly cpuModel: string
  readonly cpuVendor: 'intel' | 'amd'
  /** The newest EVC mode that the CPU supports (`intel-icelake`). */
  readonly evcModeKey: string
  readonly mhz: number
  readonly packages: number
  readonly cores: number
  readonly threads: number
  readonly memoryBytes: number
  readonly uuid: string
  readonly serial: string
  readonly firmware: 'bios' | 'efi'
  readonly nics: readonly Nic[]
  readonly disks: readonly Disk[]
  /** VT-x or AMD-V is there and switched on, so that 64-bit VMs can run. */
  readonly hv: boolean
  /** EPT or RVI. */
  readonly hwMmu: boolean
  readonly nested: boolean
}

export interface Nic {
  readonly mac: string
  /** Kernel driver (`nvmxnet3`, `e1000`, `ixgben`). */
  readonly driver: string
  /** `0000:0b:00.0` */
  readonly pci: string
  readonly speedMb: number
  readonly linkUp: boolean
}

export interface Disk {
  /** `mpx.vmhba0:C0:T0:L0` or `naa....` */
  readonly canonicalName: string
  readonly capacityBytes: number
  readonly local: boolean
  readonly ssd: boolean
  /** Datastore path of the VMDK behind a nested machine's disk. */
  readonly file?: string | undefined
}

export const machines = recordKind<Machine>('machine')

/** Machines by the names and addresses at which their ESXi answers, in lower case. */
export const machinesByAddress = index<Machine>({
  name: 'machine.address',
  type: 'machine',
  inputs: ['esxi'],
  keys({ esxi }) {
    if (!esxi) return []
    const name = esxi.hostName.toLowerCase()
    return [...new Set([esxi.address, name, name.split('.')[0]])]
  },
})

/** Machines by the VM that they are. */
export const machinesByVm = index<Machine>({
  name: 'machine.vm',
  type: 'machine',
  inputs: ['vm'],
  keys: ({ vm }) => [vm],
})

/** The machine that a VM is, if its disk holds ESXi. */
export function machineOfVm(read: Reader, vm: string): string | undefined {
  return read.lookup(machinesByVm, vm)[0]
}
