import type { Reader } from '#inventory/reader.js'
import { fault, localized, type VimFault } from '#vim25/fault.js'
import type {
  DistributedVirtualSwitchPortConnection,
  HostSystemProperties,
  ManagedObjectReference,
  VirtualMachineProperties,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { clusterConfig, hostsOf, runningOn } from '../cluster/config.js'
import { hostPoolCapacity, isUsable } from '../ha/capacity.js'
import { admissionControlled, failoverHostsOf } from '../ha/state.js'
import { type Need, reservationOf } from '../resource-pool/admission.js'
import { hostLoads, withoutVm } from '../resource-pool/loads.js'
import { hostCheckFault } from './host-checks.js'
import { brokenRules } from './rules.js'

/** A host that could run the VM; `rating` 1-5, the freer the higher. */
export interface Candidate {
  readonly host: string
  readonly rating: number
  readonly freeMemoryBytes: number
}

export interface Rejected {
  readonly host: string
  readonly fault: VimFault
}

export interface Candidates {
  /** The best first. */
  readonly hosts: readonly Candidate[]
  readonly rejected: readonly Rejected[]
}

/**
 * Which hosts of a compute resource can run the VM now, and why the others cannot. Hosts that the cluster keeps free for
 * failover are left out, unless it is for a `failover`.
 */
export function candidatesFor(
  read: Reader,
  vm: string,
  computeResource: string,
  exclude: readonly string[] = [],
  options: { readonly failover?: boolean } = {},
): Candidates {
  const config = clusterConfig(read, computeResource)
  const reserved = !options.failover && admissionControlled(config) ? failoverHostsOf(config) : []
  const ids = hostsOf(read, computeResource)
  // Only rules look at who runs where.
  const running = new Map(
    config?.rule?.length ? ids.flatMap((host) => runningOn(read, host).map((id) => [id, host] as const)) : [],
  )
  const hosts: Candidate[] = []
  const rejected: Rejected[] = []
  for (const host of ids) {
    if (exclude.includes(host) || reserved.includes(host)) continue
    const rules = config ? brokenRules({ config, vm, host, running }) : []
    const problem = rules[0]
      ? fault('RuleViolation', { host: read.ref(host), rule: rules[0] })
      : hostProblem(read, vm, host)
    if (problem) rejected.push({ host, fault: problem })
    else hosts.push(rate(read, host))
  }
  return { hosts: hosts.sort((a, b) => b.freeMemoryBytes - a.freeMemoryBytes), rejected }
}

/**
 * Why a VM cannot run on a host now: the host is not there, does not reach its datastores or networks, or has too little
 * left for its reservation. undefined: it can.
 */
export function hostProblem(read: Reader, vm: string, host: string): VimFault | undefined {
  const value = read.get('HostSystem', host)
  const ref = read.ref(host)
  if (!isUsable(value)) return fault('InvalidHostState', { host: ref })
  const machine = read.get('VirtualMachine', vm)
  return (
    storageProblem(machine, value, read) ??
    networkProblem(machine, value, read) ??
    capacityProblem(read, vm, host) ??
    hostCheckFault(read, vm, host)
  )
}

const names = (refs: readonly ManagedObjectReference[] | undefined) =>
  new Set((refs ?? []).map((ref) => ref.value))

function storageProblem(
  vm: VirtualMachineProperties,
  host: HostSystemProperties,
  read: Reader,
): VimFault | undefined {
  const mounted = names(host.datastore)
  for (const ref of vm.datastore ?? []) {
    const name = read.find('Datastore', ref.value)?.name ?? ref.value
    if (mounted.has(ref.value)) continue
    const inaccessible = fault('InaccessibleDatastore', { datastore: ref, name, detail: 'notMounted' })
    return fault('CannotAccessVmConfig', { reason: localized(inaccessible) })
  }
  return undefined
}

interface EthernetBacking {
  readonly _typeName: string
  readonly deviceName?: string | undefined
  readonly network?: ManagedObjectReference | undefined
  readonly port?: DistributedVirtualSwitchPortConnection | undefined
}

/** CannotAccessNetwork for the first connected card whose network the host does not have. */
export function networkProblem(
  vm: VirtualMachineProperties,
  host: HostSystemProperties,
  read: Reader,
): VimFault | undefined {
  const reached = names(host.network)
  for (const device of vm.config?.hardware.device ?? []) {
    if (!isA(device._typeName, 'VirtualEthernetCard')) continue
    const backing = device.backing as EthernetBacking | undefined
    const network = backing?.network ?? read.entity(backing?.port?.portgroupKey ?? '')?.ref
    if (!network || !read.entity(network.value) || reached.has(network.value)) continue
    if (device.connectable && !device.connectable.startConnected) continue
    return fault('CannotAccessNetwork', {
      device: device.deviceInfo?.label ?? 'Network adapter',
      backing: backing?.deviceName ?? read.find('Network', network.value)?.name ?? network.value,
      connected: true,
      network,
    })
  }
  return undefined
}

/** What a host's root pool has left when the reservations of its running VMs are taken off. */
export function freeOn(read: Reader, host: string, except?: string): { cpuMHz: number; memoryBytes: number } {
  const capacity = hostPoolCapacity(read.get('HostSystem', host).hardware)
  const machine = except === undefined ? undefined : read.find('VirtualMachine', except)
  const present = read.total(hostLoads, host)
  const load = machine?.runtime.host?.value === host ? withoutVm(present, machine) : present
  return {
    cpuMHz: capacity.cpuMHz - load.runningCpuMHz,
    memoryBytes: capacity.memoryBytes - load.runningMemoryBytes,
  }
}

/**
 * The host's own limits: reservations that still fit, and no VM with more vCPUs than the host has logical CPUs. `wanted`:
 * what the VM is to reserve, where that is not what its configuration says now.
 */
export function capacityProblem(read: Reader, vm: string, host: string, wanted?: Need): VimFault | undefined {
  const config = read.find('VirtualMachine', vm)?.config
  if (!config) return undefined
  const value = read.get('HostSystem', host)
  const threads = value.hardware?.cpuInfo.numCpuThreads
  if (threads !== undefined && config.hardware.numCPU > threads)
    return fault('NumVirtualCpusExceedsLimit', { maxSupportedVcpus: threads })
  const free = freeOn(read, host, vm)
  const need = wanted ?? reservationOf(config)
  if (need.memoryBytes > free.memoryBytes)
    return fault('InsufficientHostMemoryCapacityFault', {
      host: read.ref(host),
      unreserved: Math.max(0, free.memoryBytes),
      requested: need.memoryBytes,
    })
  if (need.cpuMHz > free.cpuMHz)
    return fault('InsufficientHostCpuCapacityFault', {
      host: read.ref(host),
      unreserved: Math.max(0, free.cpuMHz),
      requested: need.cpuMHz,
    })
  return undefined
}

function rate(read: Reader, host: string): Candidate {
  const { memorySize } = read.get('HostSystem', host).hardware ?? { memorySize: 0 }
  const total = Number(memorySize)
  const used = read.total(hostLoads, host).runningMostBytes
  const free = total === 0 ? 0 : (total - used) / total
  return { host, rating: Math.min(5, Math.max(1, Math.ceil(free * 5))), freeMemoryBytes: total - used }
}
