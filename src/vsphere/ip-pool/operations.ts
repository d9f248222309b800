import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { IpPool, ManagedObjectReference } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { datacenterOf } from '../managed-entity/entity.js'
import {
  configOf,
  ipPools,
  networksOfPool,
  type Pool,
  poolId,
  poolsOf,
  requireDatacenter,
  requirePool,
  shown,
} from './pools.js'
import { contains, type Family, firstFree, rangesOf } from './ranges.js'

export const ipPoolOperations = operations('IpPoolManager', {
  QueryIpPools(ctx, _self, { dc }) {
    requireDatacenter(ctx.tx, dc)
    return poolsOf(ctx.tx, dc.value).map(shown)
  },

  CreateIpPool(ctx, _self, { dc, pool }) {
    const { tx } = ctx
    requireDatacenter(tx, dc)
    const own = described(pool)
    requireValid(tx, dc, own, [])
    const id = tx.next('ipPool')
    tx.create(ipPools, poolId(id), { datacenter: dc.value, id, pool: own, allocations: [] })
    return id
  },

  /** What the client leaves out stays as it is. */
  UpdateIpPool(ctx, _self, { dc, pool }) {
    const found = requirePool(ctx.tx, dc, pool.id, 'pool.id')
    const own = data('IpPool', { ...found.pool, ...described(pool) })
    requireValid(ctx.tx, dc, own, found.allocations, found.id)
    ctx.tx.set(ipPools, poolId(found.id), { pool: own })
  },

  /** A pool whose addresses somebody holds goes only by force. */
  DestroyIpPool(ctx, _self, { dc, id, force }) {
    const { allocations } = requirePool(ctx.tx, dc, id, 'id')
    if (allocations.length > 0 && !force) throw fault('InvalidState', {})
    ctx.tx.remove(poolId(id))
  },

  AllocateIpv4Address: (ctx, _self, { dc, poolId: id, allocationId }) =>
    allocate(ctx, dc, id, allocationId, 4),

  AllocateIpv6Address: (ctx, _self, { dc, poolId: id, allocationId }) =>
    allocate(ctx, dc, id, allocationId, 6),

  ReleaseIpAllocation(ctx, _self, { dc, poolId: id, allocationId }) {
    const { allocations } = requirePool(ctx.tx, dc, id, 'poolId')
    const rest = allocations.filter((one) => one.id !== allocationId)
    if (rest.length === allocations.length)
      throw fault('InvalidArgument', { invalidProperty: 'allocationId' })
    ctx.tx.set(ipPools, poolId(id), { allocations: rest })
  },

  /** No session is an extension's: its key stands for the id of an allocation (deviation 96). */
  QueryIPAllocations(ctx, _self, { dc, poolId: id, extensionKey }) {
    return requirePool(ctx.tx, dc, id, 'poolId')
      .allocations.filter((one) => one.id === extensionKey)
      .map((one) => data('IpPoolManagerIpAllocation', { ipAddress: one.address, allocationId: one.id }))
  },
})

/** The address that the id holds already, or else the lowest that nobody holds. */
function allocate(
  { tx }: Context,
  dc: ManagedObjectReference,
  id: number,
  allocationId: string,
  family: Family,
): string {
  if (allocationId === '') throw fault('InvalidArgument', { invalidProperty: 'allocationId' })
  const { pool, allocations } = requirePool(tx, dc, id, 'poolId')
  const held = allocations.find((one) => one.family === family && one.id === allocationId)
  if (held) return held.address
  const taken = new Set(allocations.map((one) => one.address))
  const address = firstFree(rangesOf(configOf(pool, family), family), taken, family)
  // The method declares no fault for a pool that has no more.
  if (address === undefined) throw fault('InvalidArgument', { invalidProperty: 'poolId' })
  tx.set(ipPools, poolId(id), { allocations: [...allocations, { family, id: allocationId, address }] })
  return address
}

/** What a client may say about a pool: its id and counts are the server's. */
function described(pool: IpPool): IpPool {
  const {
    id: _id,
    availableIpv4Addresses: _free4,
    availableIpv6Addresses: _free6,
    allocatedIpv4Addresses: _held4,
    allocatedIpv6Addresses: _held6,
    ...own
  } = pool
  return own as IpPool
}

/** Throws InvalidArgument, with the member of the pool that cannot be as it is. */
function requireValid(
  read: Reader,
  dc: ManagedObjectReference,
  pool: IpPool,
  allocations: Pool['allocations'],
  self?: number,
): void {
  const refuse = (name: string) => fault('InvalidArgument', { invalidProperty: `pool.${name}` })
  const others = poolsOf(read, dc.value).filter(({ id }) => id !== self)
  if (!pool.name || others.some((other) => other.pool.name === pool.name)) throw refuse('name')
  for (const family of [4, 6] as const) {
    const ranges = rangesOf(configOf(pool, family), family)
    const held = allocations.filter((one) => one.family === family)
    if (!held.every(({ address }) => contains(ranges, address, family)))
      throw refuse(`ipv${family}Config.range`)
  }
  for (const { network } of pool.networkAssociation ?? []) {
    if (!network) continue
    const here = read.find('Network', network.value) && datacenterOf(read, network.value) === dc.value
    if (!here || others.some((other) => networksOfPool(other).includes(network.value)))
      throw refuse('networkAssociation')
  }
}
