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

const bad = (property: string) => fault('InvalidArgument', { invalidProperty: `configSpec.${property}` })
const wrong = (property: string) => fault('InvalidVmConfig', { property: `configSpec.${property}` })

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

/** Values from a fixed list. */
export function checkChoices(spec: VirtualMachineConfigSpec): void {
  if (spec.firmware !== undefined && spec.firmware !== 'bios' && spec.firmware !== 'efi')
    throw bad('firmware')
  if (
    spec.swapPlacement !== undefined &&
    !['inherit', 'vmDirectory', 'hostLocal'].includes(spec.swapPlacement)
  )
    throw bad('swapPlacement')
  if (spec.uuid !== undefined && !UUID.test(spec.uuid)) throw bad('uuid')
  if (spec.instanceUuid !== undefined && !UUID.test(spec.instanceUuid)) throw bad('instanceUuid')
}

const UUID = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i

/** What cannot be changed while the VM runs; CPUs and memory have rules of their own. */
const COLD = [
  'guestId',
  'firmware',
  'nestedHVEnabled',
  'vPMCEnabled',
  'uuid',
  'instanceUuid',
  'memoryHotAddEnabled',
  'cpuHotAddEnabled',
  'cpuHotRemoveEnabled',
  'numCoresPerSocket',
  'bootOptions',
  'sevEnabled',
  'cpuFeatureMask',
] as const

/**
 * Refuses what a running VM does not allow: CpuHotPlugNotSupported, MemoryHotPlugNotSupported, and InvalidPowerState for
 * settings that need it off.
 */
export function checkHotChanges(before: VirtualMachineConfigInfo, spec: VirtualMachineConfigSpec): void {
  const { numCPU, memoryMB, numCoresPerSocket } = before.hardware
  const cpus = spec.numCPUs ?? numCPU
  if (cpus < 1) throw fault('InvalidArgument', { invalidProperty: 'configSpec.numCPUs' })
  if ((cpus > numCPU && !before.cpuHotAddEnabled) || (cpus < numCPU && !before.cpuHotRemoveEnabled))
    throw fault('CpuHotPlugNotSupported', {})
  const memory = Number(spec.memoryMB ?? memoryMB)
  if (memory !== memoryMB && (memory < memoryMB || !before.memoryHotAddEnabled))
    throw fault('MemoryHotPlugNotSupported', {})
  for (const name of COLD) {
    const wanted = spec[name]
    if (wanted === undefined) continue
    const present = name === 'numCoresPerSocket' ? numCoresPerSocket : before[name]
    if (typeof wanted === 'object' || wanted !== present)
      throw fault('InvalidPowerState', { requestedState: 'poweredOff', existingState: 'poweredOn' })
  }
}
