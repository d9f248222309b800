import { recordKind } from '#inventory/entity.js'
import { index } from '#inventory/indexes.js'
import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { IpPool, ManagedObjectReference } from '#vim25/generated/types.js'
import { type Family, rangesOf, sizeOf } from './ranges.js'

/** An address that somebody holds. */
export interface Allocation {
  readonly family: Family
  readonly id: string
  readonly address: string
}

/** A pool of addresses of a datacenter; record `ipPool:<id>`. */
export interface Pool {
  readonly datacenter: string
  readonly id: number
  /** As its maker describes it, without what follows from the allocations. */
  readonly pool: IpPool
  readonly allocations: readonly Allocation[]
}

export const ipPools = recordKind<Pool>('ipPool')
export const poolId = (id: number) => `ipPool:${id}`

export const poolsOfDatacenter = index<Pool>({
  name: 'ipPools.ofDatacenter',
  type: ipPools.kind,
  inputs: ['datacenter'],
  keys: ({ datacenter }) => [datacenter],
})

/** The networks whose addresses a pool gives out. */
export const networksOfPool = ({ pool }: Pool): readonly string[] =>
  (pool.networkAssociation ?? []).flatMap(({ network }) => network?.value ?? [])

export const poolsOfNetwork = index<Pool>({
  name: 'ipPools.ofNetwork',
  type: ipPools.kind,
  inputs: ['pool'],
  keys: networksOfPool,
})

export function poolOfNetwork(read: Reader, network: string): { id: number; name: string } | undefined {
  const [id] = read.lookup(poolsOfNetwork, network)
  const found = id === undefined ? undefined : read.get(ipPools, id)
  return found && { id: found.id, name: found.pool.name ?? '' }
}

export const poolsOf = (read: Reader, datacenter: string): readonly Pool[] =>
  read.lookup(poolsOfDatacenter, datacenter).map((id) => read.get(ipPools, id))

/** Throws ManagedObjectNotFound without the datacenter, InvalidArgument without the pool in it. */
export function requirePool(
  read: Reader,
  dc: ManagedObjectReference,
  id: number | undefined,
  name: string,
): Pool {
  requireDatacenter(read, dc)
  const found = id === undefined ? undefined : read.find(ipPools, poolId(id))
  if (found?.datacenter !== dc.value) throw fault('InvalidArgument', { invalidProperty: name })
  return found
}

export function requireDatacenter(read: Reader, dc: ManagedObjectReference): void {
  if (!read.find('Datacenter', dc.value)) throw fault('ManagedObjectNotFound', { obj: dc })
}

/** A pool as clients see it, with how many of its addresses are free. */
export function shown({ id, pool, allocations }: Pool): IpPool {
  const held = (family: Family) => allocations.filter((one) => one.family === family).length
  const size = (family: Family) => sizeOf(rangesOf(configOf(pool, family), family))
  return data('IpPool', {
    ...pool,
    id,
    availableIpv4Addresses: size(4) - held(4),
    availableIpv6Addresses: size(6) - held(6),
    allocatedIpv4Addresses: held(4),
    allocatedIpv6Addresses: held(6),
  })
}

export const configOf = ({ ipv4Config, ipv6Config }: IpPool, family: Family) =>
  family === 4 ? ipv4Config : ipv6Config
