import type { Entity } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import type { ManagedObjectReference, ManagedTypes, ObjectSpec } from '#vim25/generated/types.js'
import type { Registry } from '../core/registry.js'
import { ownedBySession } from '../session/objects.js'
import { type PropertySet, propertySet } from './plan.js'
import { compileSelector, type Selector } from './selector.js'

/** A PropertyFilter as it is stored: beside its properties, whose it is and for which release it was checked. */
export interface FilterValue {
  readonly spec: ManagedTypes['PropertyFilter']['spec']
  readonly partialUpdates: boolean
  /** The PropertyCollector that reports it. */
  readonly collector: string
  /** Index into VERSIONS. */
  readonly release: number
}

/** A filter, prepared once. */
export interface Filter {
  readonly ref: ManagedObjectReference
  readonly value: FilterValue
  readonly set: PropertySet
  readonly selector: Selector
  /** The objectSet as a text without the objects: what filters that select alike have in common. */
  readonly text: string
}

/** Checks a filter as it is or will be stored; throws what CreateFilter throws for a wrong one. */
export function compileFilter(registry: Registry, ref: ManagedObjectReference, value: FilterValue): Filter {
  const { spec, release } = value
  return {
    ref,
    value,
    set: propertySet(registry, spec.propSet, release),
    selector: compileSelector(spec.objectSet, release),
    text: JSON.stringify(spec.objectSet.map(({ skip, selectSet }: ObjectSpec) => [skip ?? false, selectSet])),
  }
}

const compiled = new WeakMap<FilterValue, Filter>()

/** A collector's filters for a session, in order of creation. */
export function filtersOf(
  read: Reader,
  registry: Registry,
  token: string,
  collector: string,
): readonly Filter[] {
  const filters: Filter[] = []
  for (const id of ownedBySession(read, token)) {
    const entity = read.entity(id)
    const value = entity && filterValue(entity)
    if (value?.collector !== collector) continue
    let filter = compiled.get(value)
    if (!filter) {
      filter = compileFilter(registry, entity?.ref as ManagedObjectReference, value)
      compiled.set(value, filter)
    }
    filters.push(filter)
  }
  return filters
}

export function filterValue(entity: Entity): FilterValue | undefined {
  return entity.type === 'PropertyFilter' ? (entity.value as FilterValue) : undefined
}
