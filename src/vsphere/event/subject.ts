import { isMoRef } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import type { Event, ManagedObjectReference } from '#vim25/generated/types.js'

/** The members by which an event says what it is about, the most particular first; of a tier the first set decides. */
const TIERS: readonly (readonly (readonly [member: string, reference: string])[])[] = [
  [
    ['entity', 'entity'],
    ['vm', 'vm'],
  ],
  [
    ['resourcePool', 'resourcePool'],
    ['folder', 'folder'],
    ['parent', 'folder'],
    ['host', 'host'],
    ['ds', 'datastore'],
    ['datastore', 'datastore'],
    ['dvs', 'dvs'],
    ['net', 'network'],
  ],
  [['computeResource', 'computeResource']],
  [['datacenter', 'datacenter']],
]

/**
 * The entities that an event is about. Its arguments also name what contains them: a VM's event has its host, cluster
 * and datacenter; only the most particular ones count here.
 */
export function subjectsOf(event: Event): readonly ManagedObjectReference[] {
  const task = (event as { info?: { entity?: ManagedObjectReference } }).info?.entity
  if (task) return [task]
  for (const tier of TIERS) {
    const found = tier.flatMap(([member, reference]) => {
      const argument = (event as unknown as Record<string, Record<string, unknown> | undefined>)[member]
      const ref = argument?.[reference]
      return isMoRef(ref) ? [ref] : []
    })
    if (found.length > 0) return found
  }
  return []
}

/** Every entity that the event names as the place where it happened, from the VM up to the datacenter. */
export function placesOf(event: Event): readonly string[] {
  return TIERS.flat().flatMap(([member, reference]) => {
    const argument = (event as unknown as Record<string, Record<string, unknown> | undefined>)[member]
    const ref = argument?.[reference]
    return isMoRef(ref) ? [ref.value] : []
  })
}

/** True when `container` is what contains the entity, at any distance: folder, pool, host, cluster, datacenter. */
export function isBelow(read: Reader, entity: string, container: string): boolean {
  return containersOf(read, entity).some((id) => id === container || isBelow(read, id, container))
}

function containersOf(read: Reader, entity: string): readonly string[] {
  const vm = read.find('VirtualMachine', entity)
  return [read.find('ManagedEntity', entity)?.parent, vm?.runtime.host, vm?.resourcePool].flatMap((ref) =>
    ref ? [ref.value] : [],
  )
}
