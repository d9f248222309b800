import { index } from '#inventory/indexes.js'
import type { Reader } from '#inventory/reader.js'
import type {
  ResourceAllocationInfo,
  ResourcePoolProperties,
  VirtualMachineProperties,
} from '#vim25/generated/types.js'
import type { Resource } from './allocation.js'
import { poolLoads, withoutVm } from './loads.js'
import type { Need } from './reservation.js'

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

const MB = 2 ** 20

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

/** What is reserved of both resources, by VMs and by all that is in a pool. */
interface Used {
  readonly vms: Need
  readonly all: Need
}

const allocated = ({ memoryAllocation, cpuAllocation }: ResourcePoolProperties['config']): Need => ({
  memoryBytes: amount(memoryAllocation, 'memory'),
  cpuMHz: amount(cpuAllocation, 'cpu'),
})

/** What a pool and everything below it has reserved; `except` is left out. */
export function usedIn(read: Reader, pool: string, except?: string): Used {
  const machine = except === undefined ? undefined : read.find('VirtualMachine', except)
  const present = read.total(poolLoads, pool)
  const load = machine?.resourcePool?.value === pool ? withoutVm(present, machine) : present
  let [memoryBytes, cpuMHz] = [load.runningMemoryBytes, load.runningCpuMHz]
  const vms = { memoryBytes, cpuMHz }
  for (const child of poolsBelow(read, pool)) {
    if (child === except) continue
    const { config } = read.get('ResourcePool', child)
    const reserved = allocated(config)
    const { all } = usedIn(read, child, except)
    const { memoryAllocation, cpuAllocation } = config
    memoryBytes += taken(memoryAllocation, reserved.memoryBytes, all.memoryBytes)
    cpuMHz += taken(cpuAllocation, reserved.cpuMHz, all.cpuMHz)
  }
  return { vms, all: { memoryBytes, cpuMHz } }
}

/** What a pool takes from the one above: its reservation, and what it borrows beyond that if it may. */
const taken = ({ expandableReservation }: ResourceAllocationInfo, reserved: number, used: number) =>
  expandableReservation ? Math.max(reserved, used) : reserved

/** Capacity, use and rest of a pool (fact sheet E.5: an expandable pool borrows from its parent, recursively). */
export function standingsOf(
  read: Reader,
  pool: string,
  except?: string,
): Readonly<Record<Resource, Standing>> {
  const { config } = read.get('ResourcePool', pool)
  const above = parentPool(read, pool)
  const { vms, all } = usedIn(read, pool, except)
  let parents: Readonly<Record<Resource, Standing>> | undefined
  const standing = (resource: Resource, usedForVms: number, used: number): Standing => {
    const info = resource === 'cpu' ? config.cpuAllocation : config.memoryAllocation
    const expandable = above !== undefined && (info.expandableReservation ?? false)
    const capacity = capacityOf(read, pool, resource)
    // What an expandable pool has borrowed already is in its parent's use, so its own rest never counts below zero.
    let unreserved = Math.max(0, capacity - used)
    if (expandable) {
      parents ??= standingsOf(read, above, except)
      unreserved += parents[resource].unreserved
    }
    const most = Number(info.limit ?? -1)
    const limit = above === undefined || most < 0 ? -1 : most * (resource === 'cpu' ? 1 : MB)
    if (limit >= 0) unreserved = Math.min(unreserved, Math.max(0, limit - used))
    return { capacity, expandable, usedForVms, used, unreserved, limit }
  }
  return {
    memory: standing('memory', vms.memoryBytes, all.memoryBytes),
    cpu: standing('cpu', vms.cpuMHz, all.cpuMHz),
  }
}
