import type { Reader } from '#inventory/reader.js'
import { fault } from '#vim25/fault.js'
import { clusterConfig, clusterOfVm, hostsOf } from '../cluster/config.js'
import { admitFailover } from '../ha/admission.js'
import { isUsable } from '../ha/capacity.js'
import { admissionControlled, failoverHostsOf } from '../ha/state.js'
import { admitReservation, reservationOf } from '../resource-pool/admission.js'
import type { FoundGroup } from './group.js'

/**
 * Admission of VMs that are about to run, together: by HA, then by the resource pool (fact sheet E.5). Throws
 * InsufficientFailoverResourcesFault or InsufficientMemoryResourcesFault / InsufficientCpuResourcesFault.
 */
export function admitHalves(read: Reader, halves: readonly string[]): void {
  admitFailover(
    read,
    clusterOfVm(read, halves[0] ?? ''),
    halves.map((vm) => ({ vm, ...needOf(read, vm) })),
  )
  admitToPool(read, halves)
}

/**
 * Admission of what of a pair does not run yet. Its halves never share a host, so a pair needs two hosts even after the
 * failures that the cluster is to tolerate: in a cluster of two with one tolerated failure none is admitted, whatever its
 * size (deviation 9; fact sheet 1, on the post's comment).
 */
export function admitPair(read: Reader, { primary, secondary }: FoundGroup): void {
  const cluster = clusterOfVm(read, primary)
  if (cluster !== undefined && hostsAfterFailures(read, cluster) < 2)
    throw fault('InsufficientFailoverResourcesFault', {})
  const running = (vm: string) => read.get('VirtualMachine', vm).runtime.powerState === 'poweredOn'
  admitHalves(
    read,
    [primary, secondary.vm].filter((vm) => !running(vm)),
  )
}

/** What takes the place of something that has failed: admission control keeps resources free for just that. */
export function admitReplacement(read: Reader, vm: string): void {
  admitToPool(read, [vm])
}

function admitToPool(read: Reader, vms: readonly string[]): void {
  const pool = read.find('VirtualMachine', vms[0] ?? '')?.resourcePool
  if (!pool) return
  const needs = vms.map((vm) => needOf(read, vm))
  const sum = (of: 'memoryBytes' | 'cpuMHz') => needs.reduce((total, need) => total + need[of], 0)
  admitReservation(read, pool.value, { memoryBytes: sum('memoryBytes'), cpuMHz: sum('cpuMHz') }, vms[0])
}

function needOf(read: Reader, vm: string) {
  const { config } = read.get('VirtualMachine', vm)
  return config ? reservationOf(config) : { memoryBytes: 0, cpuMHz: 0 }
}

/** How many hosts are left when as many as the policy says have failed; all, without admission control. */
function hostsAfterFailures(read: Reader, cluster: string): number {
  const good = hostsOf(read, cluster).filter((host) => isUsable(read.get('HostSystem', host))).length
  const config = clusterConfig(read, cluster)
  if (!admissionControlled(config)) return Number.POSITIVE_INFINITY
  const policy = config.dasConfig.admissionControlPolicy as { failoverLevel?: number } | undefined
  return good - (failoverHostsOf(config).length || (policy?.failoverLevel ?? 1))
}
