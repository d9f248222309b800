import type { List } from 'immutable'
import type { Event, ManagedObjectReference, TaskInfo } from '#vim25/generated/types.js'
import type { Entity, Kind, ValueOf } from './entity.js'
import type { Index } from './indexes.js'
import type { Amounts, Sum } from './sums.js'

/** Reads one consistent state: a root, or a root with the changes of a transaction on top. */
export interface Reader {
  /** The object or record with this id, or undefined. */
  entity(id: string): Entity | undefined
  /** The value if an object of the type (or of a subtype), or a record of the kind, has the id. */
  find<K extends Kind>(kind: K, id: string): Readonly<ValueOf<K>> | undefined
  /** Like `find`; throws ManagedObjectNotFound (for a record: an Error) when there is none. */
  get<K extends Kind>(kind: K, id: string): Readonly<ValueOf<K>>
  /** The reference of the managed object with this id; throws ManagedObjectNotFound. */
  ref(id: string): ManagedObjectReference
  /** Ids of all objects of a type and its subtypes, or of a kind of record; per type in order of creation. */
  ids(kind: Kind): Iterable<string>
  /** How many objects `ids` would give. */
  count(kind: Kind): number
  /** Ids that an index holds under a key, in order of creation. */
  lookup(index: Index, key: string): readonly string[]
  /** The total that a sum holds under a key. */
  total<A extends Amounts>(sum: Sum<A>, key: string): A
  /** The last number given out under this name; 0 before the first. */
  counter(name: string): number
  /** The events that the world remembers, oldest first. */
  events(): List<Event>
  /** What became of tasks whose objects are gone, oldest first. */
  taskHistory(): List<TaskInfo>
}
