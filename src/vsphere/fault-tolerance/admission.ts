import type { Reader } from '#inventory/reader.js'
import { fault } from '#vim25/fault.js'
import { clusterConfig, clusterOfVm, hostsOf } from '../cluster/config.js'
import { admitFailover, type FailoverNeed } from '../ha/admission.js'
import { isUsable } from '../ha/capacity.js'
import { admitReservation, vmOverheadBytes } from '../resource-pool/admission.js'
import { FT_OVERHEAD_BYTES } from './limits.js'

/** Memory that one half of a pair reserves: all of the VM's, its overhead, and what checkpointing takes (fact sheet D.5). */
export function halfNeed(read: Reader, vm: string): FailoverNeed {
  const { config } = read.get('VirtualMachine', vm)
  const { memoryMB, numCPU } = config?.hardware ?? { memoryMB: 0, numCPU: 1 }
  return {
    vm,
    cpuMHz: Number(config?.cpuAllocation?.reservation ?? 0),
    memoryBytes: memoryMB * 2 ** 20 + vmOverheadBytes(memoryMB, numCPU) + FT_OVERHEAD_BYTES,
  }
}

/**
 * Admission of the halves that are about to run: by HA, then by the resource pool (fact sheet E.5). Throws
 * InsufficientFailoverResourcesFault or InsufficientMemoryResourcesFault / InsufficientCpuResourcesFault.
 */
export function admitHalves(read: Reader, halves: readonly string[]): void {
  const [first] = halves
  if (first === undefined) return
  const needs = halves.map((vm) => halfNeed(read, vm))
  const cluster = clusterOfVm(read, first)
  admitFailover(read, cluster, needs)
  requireHostsAfterFailures(read, cluster)
  const pool = read.get('VirtualMachine', first).resourcePool
  if (!pool) return
  const memoryBytes = needs.reduce((sum, need) => sum + need.memoryBytes, 0)
  const cpuMHz = needs.reduce((sum, need) => sum + need.cpuMHz, 0)
  admitReservation(read, pool.value, { memoryBytes, cpuMHz }, first)
}

/**
 * The two halves never share a host, so a pair needs two hosts even after the failures that the cluster is to tolerate:
 * in a cluster of two with one tolerated failure no pair can be powered on, whatever its size (fact sheet 1, on the
 * post's comment).
 */
function requireHostsAfterFailures(read: Reader, cluster: string | undefined): void {
  const das = clusterConfig(read, cluster)?.dasConfig
  if (cluster === undefined || !das?.enabled || !das.admissionControlEnabled) return
  const policy = das.admissionControlPolicy as { failoverLevel?: number } | undefined
  const tolerated = policy?.failoverLevel ?? 1
  const good = hostsOf(read, cluster).filter((host) => isUsable(read.get('HostSystem', host))).length
  if (good - tolerated < 2) throw fault('InsufficientFailoverResourcesFault', {})
}
