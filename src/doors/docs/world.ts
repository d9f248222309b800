import { isMoRef } from '#inventory/entity.js'
import type { Inventory } from '#inventory/inventory.js'
import { getIn, path } from '#inventory/path.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { managedType } from '#vim25/schema.js'

/** The objects of the world that examples speak of: names stay what they are, ids depend on the world. */
export interface World {
  /**
   * The oldest object of the type (or a subtype), with this name if one is given; with a path, what its property refers
   * to. Undefined if the world has no such object.
   */
  at(type: string, name?: string, property?: string): ManagedObjectReference | undefined
  nameOf(ref: ManagedObjectReference): string | undefined
}

export function worldOf(inventory: Inventory): World {
  const valuesOf = (id: string) => inventory.read.entity(id)?.value as { name?: string } | undefined
  return {
    at(type, name, property) {
      if (!managedType(type)) return undefined
      for (const id of inventory.read.ids(type as never)) {
        const { ref } = inventory.read.entity(id) ?? {}
        if (!ref || (name !== undefined && valuesOf(id)?.name !== name)) continue
        const found: unknown = property === undefined ? ref : getIn(valuesOf(id), path(property))
        return isMoRef(found) ? (found as ManagedObjectReference) : undefined
      }
      return undefined
    },
    nameOf: ({ value }) => valuesOf(value)?.name,
  }
}
