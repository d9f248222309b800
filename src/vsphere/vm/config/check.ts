import type { Reader } from '#inventory/reader.js'
import { fault } from '#vim25/fault.js'
import type {
  ManagedObjectReference,
  VirtualMachineConfigInfo,
  VirtualMachineConfigSpec,
} from '#vim25/generated/types.js'
import { checkAllocation } from '../../resource-pool/allocation.js'
import { guestOs } from '../guest-os.js'
import { limitsOf, newestVersion, versionNumber } from '../hardware-version.js'
import { badArgument as bad, badConfig as wrong } from './faults.js'
import type { SpecMember } from './members.js'

/** What the numbers of a spec are checked against. */
export interface ConfigLimits {
  readonly read: Reader
  /** Where the VM is or will be registered. */
  readonly host: ManagedObjectReference | undefined
  /** The newest hardware that the host runs. */
  readonly newest: number
}

/** The release of a host's ESXi; `fallback` when nothing is known of it. */
export function limitsFor(
  read: Reader,
  host: ManagedObjectReference | undefined,
  fallback: string,
): ConfigLimits {
  const product = host && read.find('HostSystem', host.value)?.config?.product
  return { read, host, newest: newestVersion(product?.version ?? fallback) }
}

/**
 * The hardware version that a spec asks for, else the host's newest. Throws InvalidArgument for no such version,
 * VirtualHardwareVersionNotSupported for one that the host does not run.
 */
export function checkVersion(limits: ConfigLimits, spec: VirtualMachineConfigSpec): number {
  if (spec.version === undefined || spec.version === '') return limits.newest
  const number = versionNumber(spec.version)
  if (number === undefined) throw bad('version')
  if (number > limits.newest) {
    if (!limits.host) throw bad('version')
    throw fault('VirtualHardwareVersionNotSupported', {
      hostName: limits.read.find('HostSystem', limits.host.value)?.name ?? '',
      host: limits.host,
    })
  }
  return number
}

/** Throws InvalidArgument for a guest that is not known or not known to the host yet. */
export function checkGuest(limits: ConfigLimits, guestId: string): void {
  const guest = guestOs(guestId)
  if (!guest || guest.sinceHardware > limits.newest) throw bad('guestId')
}

/** CPUs and memory within what the hardware version has (fact sheet G.2). */
export function checkSizes(
  hardware: number,
  { numCPU, cores, memoryMB }: { numCPU: number; cores: number; memoryMB: number },
): void {
  const most = limitsOf(hardware)
  if (!Number.isInteger(numCPU) || numCPU < 1) throw bad('numCPUs')
  if (numCPU > most.vcpus)
    throw fault('NumVirtualCpusNotSupported', { maxSupportedVcpusDest: most.vcpus, numCpuVm: numCPU })
  if (!Number.isInteger(cores) || cores < 1 || cores > numCPU || numCPU % cores !== 0)
    throw bad('numCoresPerSocket')
  if (!Number.isInteger(memoryMB) || memoryMB < 4 || memoryMB % 4 !== 0) throw bad('memoryMB')
  if (memoryMB > most.memoryMB)
    throw fault('MemorySizeNotSupported', {
      memorySizeMB: memoryMB,
      minMemorySizeMB: 4,
      maxMemorySizeMB: most.memoryMB,
    })
}

/** Reservations, limits and shares; a VM cannot reserve more memory than it has. */
export function checkAllocations(spec: VirtualMachineConfigSpec, memoryMB: number): void {
  checkAllocation(spec.cpuAllocation, 'configSpec.cpuAllocation')
  checkAllocation(spec.memoryAllocation, 'configSpec.memoryAllocation')
  if (Number(spec.memoryAllocation?.reservation ?? 0) > memoryMB) throw bad('memoryAllocation.reservation')
}

/**
 * Nested hardware virtualization needs hardware version 9 and a host with it; virtualization-based security needs version
 * 14, EFI and nested HV (fact sheet G.2). Only what the spec turns on is checked.
 */
export function checkVirtualization(
  limits: ConfigLimits,
  hardware: number,
  spec: VirtualMachineConfigSpec,
  merged: Pick<VirtualMachineConfigInfo, 'nestedHVEnabled' | 'firmware'>,
): void {
  if (spec.nestedHVEnabled || (spec.flags?.vbsEnabled && merged.nestedHVEnabled)) {
    const capability = limits.host && limits.read.find('HostSystem', limits.host.value)?.capability
    if (hardware < 9 || capability?.nestedHVSupported === false)
      throw fault('InvalidVmConfig', { property: 'nestedHVEnabled' })
  }
  if (
    spec.flags?.vbsEnabled &&
    (hardware < 14 || merged.firmware !== 'efi' || spec.nestedHVEnabled === false)
  )
    throw wrong('flags.vbsEnabled')
}

/** The newer board of chipsets is for EFI. */
export function checkBoard(spec: VirtualMachineConfigSpec, firmware: string | undefined): void {
  if (spec.motherboardLayout === 'acpiHostBridges' && firmware !== 'efi') throw wrong('motherboardLayout')
}

/**
 * What cannot be changed while the VM runs, and where its present value is; CPUs and memory have rules of their own. Boot
 * options and the instance UUID can be: VirtualMachineConfigSpec's documentation.
 */
const COLD: Readonly<Partial<Record<SpecMember, (config: VirtualMachineConfigInfo) => unknown>>> = {
  guestId: ({ guestId }) => guestId,
  firmware: ({ firmware }) => firmware,
  nestedHVEnabled: ({ nestedHVEnabled }) => nestedHVEnabled,
  vPMCEnabled: ({ vPMCEnabled }) => vPMCEnabled,
  uuid: ({ uuid }) => uuid,
  npivWorldWideNameOp: () => undefined,
  memoryHotAddEnabled: (config) => config.memoryHotAddEnabled,
  cpuHotAddEnabled: (config) => config.cpuHotAddEnabled,
  cpuHotRemoveEnabled: (config) => config.cpuHotRemoveEnabled,
  numCoresPerSocket: ({ hardware }) => hardware.numCoresPerSocket,
  motherboardLayout: ({ hardware }) => hardware.motherboardLayout,
  simultaneousThreads: ({ hardware }) => hardware.simultaneousThreads,
  virtualNuma: ({ numaInfo }) => ({
    coresPerNumaNode: numaInfo?.coresPerNumaNode,
    exposeVnumaOnCpuHotadd: numaInfo?.vnumaOnCpuHotaddExposed,
  }),
  sgxInfo: ({ sgxInfo }) => sgxInfo,
  sevEnabled: ({ sevEnabled }) => sevEnabled,
  cpuFeatureMask: () => undefined,
}

/** Equal, or with no member that differs from the present one. */
function same(wanted: unknown, present: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return Object.is(wanted, present)
  const members = (present ?? {}) as Readonly<Record<string, unknown>>
  return Object.entries(wanted).every(
    ([name, value]) => name === '_typeName' || value === undefined || Object.is(value, members[name]),
  )
}

/**
 * Refuses what a running VM does not allow: CpuHotPlugNotSupported, MemoryHotPlugNotSupported, and InvalidPowerState for
 * settings that need it off.
 */
export function checkHotChanges(before: VirtualMachineConfigInfo, spec: VirtualMachineConfigSpec): void {
  const { numCPU, memoryMB } = before.hardware
  const cpus = spec.numCPUs ?? numCPU
  if (cpus < 1) throw fault('InvalidArgument', { invalidProperty: 'configSpec.numCPUs' })
  if ((cpus > numCPU && !before.cpuHotAddEnabled) || (cpus < numCPU && !before.cpuHotRemoveEnabled))
    throw fault('CpuHotPlugNotSupported', {})
  const memory = Number(spec.memoryMB ?? memoryMB)
  if (memory !== memoryMB && (memory < memoryMB || !before.memoryHotAddEnabled))
    throw fault('MemoryHotPlugNotSupported', {})
  for (const [name, present] of Object.entries(COLD)) {
    const wanted = spec[name as SpecMember]
    if (wanted !== undefined && !same(wanted, present(before)))
      throw fault('InvalidPowerState', { requestedState: 'poweredOff', existingState: 'poweredOn' })
  }
}
