import { index } from '#inventory/indexes.js'
import type { Reader } from '#inventory/reader.js'
import type {
  ResourceAllocationInfo,
  ResourcePoolProperties,
  VirtualMachineConfigInfo,
  VirtualMachineProperties,
} from '#vim25/generated/types.js'
import type { Resource } from './allocation.js'
import { ftOverheadBytes, vmOverheadBytes } from './overhead.js'

/** VMs by the pool that they are in, also inside a transaction (ResourcePool.vm is derived at the commit). */
export const vmsByPool = index<VirtualMachineProperties>({
  name: 'resourcePool.vms',
  type: 'VirtualMachine',
  inputs: ['resourcePool'],
  keys: ({ resourcePool }) => [resourcePool?.value],
})

/** Pools by the one above, or for a root pool by its compute resource. */
export const poolsByParent = index<ResourcePoolProperties>({
  name: 'resourcePool.parent',
  type: 'ResourcePool',
  inputs: ['parent'],
  keys: ({ parent }) => [parent?.value],
})

/** Pools by their compute resource. */
export const poolsByOwner = index<ResourcePoolProperties>({
  name: 'resourcePool.owner',
  type: 'ResourcePool',
  inputs: ['owner'],
  keys: ({ owner }) => [owner.value],
})

/** Ids of the pools directly below a pool. */
export function poolsBelow(read: Reader, pool: string): readonly string[] {
  return read.lookup(poolsByParent, pool)
}

/** An amount of both resources; memory in bytes, CPU in MHz. */
export interface Need {
  readonly memoryBytes: number
  readonly cpuMHz: number
}

const MB = 2 ** 20

/**
 * What a VM's power-on takes from its pool: its reservations, and its overhead memory (fact sheet E.5); for one half of a
 * fault-tolerant pair also what checkpointing takes.
 */
export function reservationOf(config: VirtualMachineConfigInfo): Need {
  const { memoryMB, numCPU } = config.hardware
  const reservedMB = config.memoryReservationLockedToMax
    ? memoryMB
    : Number(config.memoryAllocation?.reservation ?? 0)
  return {
    memoryBytes: reservedMB * MB + vmOverheadBytes(memoryMB, numCPU) + ftOverheadBytes(config),
    cpuMHz: Number(config.cpuAllocation?.reservation ?? 0),
  }
}

/** How one pool stands with one resource, in bytes or MHz. */
export interface Standing {
  readonly capacity: number
  readonly expandable: boolean
  readonly usedForVms: number
  readonly used: number
  /** What a new reservation may take: the pool's own rest, and the parent's while expandable. */
  readonly unreserved: number
  /** -1: no limit. */
  readonly limit: number
}

export const parentPool = (read: Reader, pool: string): string | undefined => {
  const parent = read.find('ResourcePool', pool)?.parent
  return parent?.type === 'ResourcePool' || parent?.type === 'VirtualApp' ? parent.value : undefined
}

/** The root pool of a pool's tree. */
export function rootPool(read: Reader, pool: string): string {
  let here = pool
  for (let above = parentPool(read, here); above; above = parentPool(read, here)) here = above
  return here
}

/** The root pool holds what its compute resource's usable hosts have; the others what they reserve. */
export function capacityOf(read: Reader, pool: string, resource: Resource): number {
  const { owner, config } = read.get('ResourcePool', pool)
  if (parentPool(read, pool) === undefined) {
    const summary = read.find('ComputeResource', owner.value)?.summary
    return resource === 'cpu'
      ? Number(summary?.effectiveCpu ?? 0)
      : Number(summary?.effectiveMemory ?? 0) * MB
  }
  return amount(resource === 'cpu' ? config.cpuAllocation : config.memoryAllocation, resource)
}

const amount = (info: ResourceAllocationInfo, resource: Resource) =>
  Number(info.reservation ?? 0) * (resource === 'cpu' ? 1 : MB)

/** What a pool and everything below it has reserved; `except` is left out. */
export function usedIn(
  read: Reader,
  pool: string,
  resource: Resource,
  except?: string,
): { vms: number; all: number } {
  let vms = 0
  for (const id of read.lookup(vmsByPool, pool)) {
    if (id === except) continue
    const vm = read.find('VirtualMachine', id)
    if (vm?.runtime.powerState !== 'poweredOn' || !vm.config) continue
    const need = reservationOf(vm.config)
    vms += resource === 'cpu' ? need.cpuMHz : need.memoryBytes
  }
  let all = vms
  for (const child of poolsBelow(read, pool)) {
    if (child === except) continue
    const below = read.get('ResourcePool', child)
    const info = resource === 'cpu' ? below.config.cpuAllocation : below.config.memoryAllocation
    const reserved = amount(info, resource)
    all += info.expandableReservation
      ? Math.max(reserved, usedIn(read, child, resource, except).all)
      : reserved
  }
  return { vms, all }
}

/** Capacity, use and rest of a pool (fact sheet E.5: an expandable pool borrows from its parent, recursively). */
export function standingOf(read: Reader, pool: string, resource: Resource, except?: string): Standing {
  const { config } = read.get('ResourcePool', pool)
  const info = resource === 'cpu' ? config.cpuAllocation : config.memoryAllocation
  const above = parentPool(read, pool)
  const expandable = above !== undefined && (info.expandableReservation ?? false)
  const capacity = capacityOf(read, pool, resource)
  const { vms, all } = usedIn(read, pool, resource, except)
  // What an expandable pool has borrowed already is in its parent's use, so its own rest never counts below zero.
  const own = Math.max(0, capacity - all)
  let unreserved = expandable ? own + standingOf(read, above, resource, except).unreserved : own
  const limit = Number(info.limit ?? -1)
  const limitAmount = above === undefined || limit < 0 ? -1 : limit * (resource === 'cpu' ? 1 : MB)
  if (limitAmount >= 0) unreserved = Math.min(unreserved, Math.max(0, limitAmount - all))
  return { capacity, expandable, usedForVms: vms, used: all, unreserved, limit: limitAmount }
}
