import type { Reader } from '#inventory/reader.js'
import { fault, type VimFault } from '#vim25/fault.js'
import { clusterConfig } from '../cluster/config.js'
import type { HaVm } from './slots.js'
import { admissionControlled, failoverHostsOf, haInput, haVm, standing } from './state.js'

/**
 * What a VM would take: `cpuMHz` its CPU reservation, `memoryBytes` its memory reservation with overhead (as
 * resource-pool admission takes it).
 */
export interface FailoverNeed {
  readonly vm: string
  readonly cpuMHz: number
  readonly memoryBytes: number
}

/**
 * HA admission control: throws InsufficientFailoverResourcesFault when the cluster, with these VMs running in it as well,
 * would no longer tolerate what its policy says (fact sheet E.1-E.5). Quiet when HA or admission control is off, or when
 * `clusterId` is undefined or no cluster. A VM that runs there already is counted with its new need.
 */
export function admitFailover(
  read: Reader,
  clusterId: string | undefined,
  need: FailoverNeed | readonly FailoverNeed[],
): void {
  const config = clusterConfig(read, clusterId)
  if (clusterId === undefined || !admissionControlled(config)) return
  const needs: readonly FailoverNeed[] = Array.isArray(need) ? need : [need]
  const input = haInput(read, clusterId, new Set(needs.map(({ vm }) => vm)))
  const wanted = { hosts: input.hosts, vms: [...input.vms, ...needs.map((each) => asHaVm(read, each))] }
  if (!standing(config, wanted).satisfied) throw fault('InsufficientFailoverResourcesFault', {})
}

function asHaVm(read: Reader, { vm, cpuMHz, memoryBytes }: FailoverNeed): HaVm {
  const config = read.find('VirtualMachine', vm)?.config
  const overhead = config ? haVm(vm, config).memoryBytes - haVm(vm, config).reservedBytes : 0
  return { id: vm, cpuMHz, memoryBytes, reservedBytes: Math.max(0, memoryBytes - overhead) }
}

/** DisallowedOperationOnFailoverHost for a host that the cluster keeps free for failover (fact sheet E.2); else undefined. */
export function failoverHostProblem(
  read: Reader,
  clusterId: string | undefined,
  host: string,
): VimFault | undefined {
  const config = clusterConfig(read, clusterId)
  if (!admissionControlled(config) || !failoverHostsOf(config).includes(host)) return undefined
  return fault('DisallowedOperationOnFailoverHost', {
    host: read.ref(host),
    hostname: read.get('HostSystem', host).name,
  })
}

/** Throws DisallowedOperationOnFailoverHost: for who is told the host by the client (power-on, migration). */
export function requireNoFailoverHost(read: Reader, clusterId: string | undefined, host: string): void {
  const problem = failoverHostProblem(read, clusterId, host)
  if (problem) throw problem
}
