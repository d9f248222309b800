import type { Reader } from '#inventory/reader.js'
import { fault } from '#vim25/fault.js'
import type { ResourceConfigSpec } from '#vim25/generated/types.js'
import { clusterConfig } from '../cluster/config.js'
import { admitReservation } from './admission.js'
import { checkAllocation } from './allocation.js'
import { parentPool, poolsBelow, standingsOf } from './usage.js'

/** Pools are made in clusters with DRS and on standalone hosts. Throws NotSupported. */
export function requirePools(read: Reader, pool: string): void {
  const cluster = clusterConfig(read, read.get('ResourcePool', pool).owner.value)
  if (cluster && !cluster.drsConfig.enabled) throw fault('NotSupported', {})
}

/** The root pool is its compute resource's: it cannot be changed, moved or destroyed. Throws NotSupported. */
export function requireOwnPool(read: Reader, pool: string): void {
  if (parentPool(read, pool) === undefined) throw fault('NotSupported', {})
}

/** Throws InvalidArgument for numbers that make no sense. */
export function checkPoolSpec(spec: ResourceConfigSpec, path: string): void {
  checkAllocation(spec.cpuAllocation, `${path}.cpuAllocation`)
  checkAllocation(spec.memoryAllocation, `${path}.memoryAllocation`)
}

/** What a pool reserves, as a need of its parent. */
export function poolNeed(spec: ResourceConfigSpec): { cpuMHz: number; memoryBytes: number } {
  return {
    cpuMHz: Number(spec.cpuAllocation.reservation ?? 0),
    memoryBytes: Number(spec.memoryAllocation.reservation ?? 0) * 2 ** 20,
  }
}

/**
 * A changed pool must fit into its parent, and what it holds into it. Throws InsufficientMemoryResourcesFault,
 * InsufficientCpuResourcesFault, InvalidResourcePoolStructureFault.
 */
export function admitPool(read: Reader, pool: string, fresh: ResourceConfigSpec): void {
  const parent = parentPool(read, pool)
  if (parent !== undefined) admitReservation(read, parent, poolNeed(fresh), pool)
  const need = poolNeed(fresh)
  const { cpu, memory } = standingsOf(read, pool)
  if (
    (!fresh.cpuAllocation.expandableReservation && cpu.used > need.cpuMHz) ||
    (!fresh.memoryAllocation.expandableReservation && memory.used > need.memoryBytes)
  )
    throw fault('InvalidResourcePoolStructureFault', {})
}

/** True when `pool` is `other` or below it. */
export function isWithin(read: Reader, pool: string, other: string): boolean {
  return pool === other || poolsBelow(read, other).some((child) => isWithin(read, pool, child))
}
