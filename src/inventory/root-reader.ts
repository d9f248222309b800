import { emptyIds, idsIn } from './id-list.js'
import type { Reader } from './reader.js'
import type { Root } from './root.js'
import { totalIn } from './sums.js'
import { concreteTypes, findIn, getFrom, refFrom } from './transaction.js'

/** Reads a committed state. */
export function rootReader(root: Root): Reader {
  const reader: Reader = {
    entity: (id) => root.entities.get(id),
    find: ((type: never, id: string) => findIn(reader, type, id)) as Reader['find'],
    get: ((type: never, id: string) => getFrom(reader, type, id)) as Reader['get'],
    ref: (id) => refFrom(reader, id),
    *ids(type) {
      for (const name of concreteTypes(type)) yield* idsIn(root.byType.get(name) ?? emptyIds)
    },
    count: (type) =>
      concreteTypes(type).reduce((sum, name) => sum + (root.byType.get(name) ?? emptyIds).size, 0),
    lookup: (index, key) => root.indexes.get(index.name)?.get(key) ?? [],
    total: (sum, key) => totalIn(root.sums, sum, key),
    counter: (name) => root.counters.get(name) ?? 0,
    events: () => root.events,
    taskHistory: () => root.taskHistory,
  }
  return reader
}
