import type { ManagedName } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'

/** The nearest ancestor of this type in the inventory tree, not the object itself; undefined when there is none. */
export function ancestorOf(read: Reader, id: string, type: ManagedName): string | undefined {
  for (let at = parentOf(read, id); at; at = parentOf(read, at.value)) if (isA(at.type, type)) return at.value
  return undefined
}

/** Where an object hangs in the inventory tree: its folder, or what it belongs to. */
export function parentOf(read: Reader, id: string): ManagedObjectReference | undefined {
  return read.find('ManagedEntity', id)?.parent
}
