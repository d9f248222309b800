import type { Reader } from '#inventory/reader.js'
import { instant } from '#ports/clock.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { poolsBelow, vmsByPool } from '../resource-pool/usage.js'
import type { Kind } from './counters.js'

const KINDS: readonly (readonly [type: string, kind: Kind, realtime: boolean])[] = [
  ['VirtualMachine', 'V', true],
  ['HostSystem', 'H', true],
  ['ClusterComputeResource', 'C', false],
  ['ResourcePool', 'P', true],
  ['Datastore', 'S', false],
  ['Datacenter', 'D', false],
]

/** An entity that statistics are kept of. */
export interface Provider {
  readonly ref: ManagedObjectReference
  readonly kind: Kind
  /** Sends a sample each 20 seconds; of the others there is only what is rolled up. */
  readonly realtime: boolean
}

/** Undefined for what no statistics are kept of, and what does not exist. */
export function providerOf(read: Reader, ref: ManagedObjectReference): Provider | undefined {
  const entity = read.entity(ref.value)
  if (!entity?.ref || !isA(entity.type, ref.type)) return undefined
  const found = KINDS.find(([type]) => isA(entity.type, type))
  return found && { ref: entity.ref as ManagedObjectReference, kind: found[1], realtime: found[2] }
}

/**
 * Since when the entity has been measured, ms: since it started; undefined while it does not run or nobody hears of it.
 * Everything else has always been there.
 */
export function measuredSince(read: Reader, { kind, ref }: Provider): number | undefined {
  if (kind !== 'V' && kind !== 'H') return 0
  const runtime =
    kind === 'V' ? read.get('VirtualMachine', ref.value).runtime : read.get('HostSystem', ref.value).runtime
  if (runtime.connectionState !== 'connected' || runtime.powerState !== 'poweredOn') return undefined
  return runtime.bootTime === undefined ? undefined : instant(runtime.bootTime)
}

/** The hosts and VMs whose load is the entity's. */
export function membersOf(
  read: Reader,
  { kind, ref }: Provider,
): { hosts: readonly string[]; vms: readonly string[] } {
  const none: readonly string[] = []
  const ids = (refs: readonly ManagedObjectReference[] | undefined) => (refs ?? []).map(({ value }) => value)
  switch (kind) {
    case 'V':
      return { hosts: none, vms: [ref.value] }
    case 'H':
      return { hosts: [ref.value], vms: ids(read.get('HostSystem', ref.value).vm) }
    case 'C': {
      const hosts = ids(read.get('ClusterComputeResource', ref.value).host)
      return { hosts, vms: hosts.flatMap((host) => ids(read.get('HostSystem', host).vm)) }
    }
    case 'P':
      return { hosts: none, vms: vmsInPool(read, ref.value) }
    case 'S':
      return { hosts: none, vms: ids(read.get('Datastore', ref.value).vm) }
    case 'D':
      return { hosts: none, vms: none }
  }
}

function vmsInPool(read: Reader, pool: string): readonly string[] {
  return [
    ...read.lookup(vmsByPool, pool),
    ...poolsBelow(read, pool).flatMap((child) => vmsInPool(read, child)),
  ]
}
