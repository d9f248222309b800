import type { ManagedObjectReference, ManagedTypes } from '#vim25/generated/types.js'
import type { Entity, ManagedName, RecordKind } from './entity.js'
import type { Index } from './indexes.js'

/** Reads one consistent state: a root, or a root with the changes of a transaction on top. */
export interface Reader {
  /** The object or record with this id, or undefined. */
  entity(id: string): Entity | undefined
  /** A managed object's properties if an object of the type (or of a subtype) has the id. */
  find<K extends ManagedName>(type: K, id: string): Readonly<ManagedTypes[K]> | undefined
  /** A record's value if a record of the kind has the id. */
  find<T extends object>(kind: RecordKind<T>, id: string): T | undefined
  /** Like `find`; throws ManagedObjectNotFound (for a record: an Error) when there is none. */
  get<K extends ManagedName>(type: K, id: string): Readonly<ManagedTypes[K]>
  get<T extends object>(kind: RecordKind<T>, id: string): T
  /** The reference of the managed object with this id; throws ManagedObjectNotFound. */
  ref(id: string): ManagedObjectReference
  /** Ids of all objects of a type and its subtypes, or of a kind of record; per type in order of creation. */
  ids(type: ManagedName | RecordKind<object>): Iterable<string>
  /** How many objects `ids` would give. */
  count(type: ManagedName | RecordKind<object>): number
  /** Ids that an index holds under a key, in order of creation. */
  lookup(index: Index, key: string): readonly string[]
  /** The last number given out under this name; 0 before the first. */
  counter(name: string): number
}
