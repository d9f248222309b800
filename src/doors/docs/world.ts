import { isMoRef } from '#inventory/entity.js'
import type { Inventory } from '#inventory/inventory.js'
import { getIn, path } from '#inventory/path.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { managedType } from '#vim25/schema.js'
import { machines } from '#world/machine.js'

/** The objects of the world that examples speak of: names stay what they are, ids depend on the world. */
export interface World {
  /** The oldest object of the type (or a subtype), with this name if one is given. */
  find(type: string, name?: string): ManagedObjectReference | undefined
  /** What is at a path of an object's properties. */
  read(ref: ManagedObjectReference, property: string): unknown
  /** SHA-1 thumbprint of the ESXi with this host name, under management or not. */
  thumbprint(hostName: string): string | undefined
}

export function worldOf(inventory: Inventory): World {
  const read: World['read'] = ({ value }, property) =>
    getIn(inventory.read.entity(value)?.value, path(property))
  return {
    read,
    find(type, name) {
      if (!managedType(type)) return undefined
      for (const id of inventory.read.ids(type as never)) {
        const ref: unknown = inventory.read.entity(id)?.ref
        if (isMoRef(ref) && (name === undefined || read(ref, 'name') === name)) return ref
      }
      return undefined
    },
    thumbprint(hostName) {
      for (const id of inventory.read.ids(machines)) {
        const { esxi } = inventory.read.get(machines, id)
        if (esxi?.hostName === hostName) return esxi.thumbprint
      }
      return undefined
    },
  }
}
