import { List, Map as PMap } from 'immutable'
import type { Event, TaskInfo } from '#vim25/generated/types.js'
import type { Entity } from './entity.js'
import type { IdList } from './id-list.js'
import { StringMap } from './string-map.js'
import type { Amounts } from './sums.js'

/**
 * The whole state of one world, immutable: a snapshot is a reference to it. Persistent maps make a commit cost a few
 * nodes per touched object, whatever the size of the world.
 */
export interface Root {
  /** Counts the commits; the same number is never used for two roots of one world. */
  readonly revision: number
  readonly entities: StringMap<Entity>
  /** Per type the ids of its objects, in order of creation. */
  readonly byType: PMap<string, IdList>
  /** Per index, key -> ids in order of creation. */
  readonly indexes: PMap<string, StringMap<readonly string[]>>
  /** Per sum, key -> total. */
  readonly sums: PMap<string, StringMap<Amounts>>
  /** Named counters: object numbers, event keys, creation order ... */
  readonly counters: PMap<string, number>
  /** The newest events, oldest first; bounded (see `EVENTS_KEPT`). */
  readonly events: List<Event>
  /** What became of finished tasks, oldest first; bounded (see `TASKS_KEPT`). */
  readonly taskHistory: List<TaskInfo>
  /** Work that falls due, sorted by due time, then by number. */
  readonly agenda: readonly AgendaEntry[]
}

/** Scheduled work is data, so that snapshot, restore and a restart carry it along. */
export interface AgendaEntry {
  /** Milliseconds since the epoch. */
  readonly due: number
  readonly number: number
  /** Finds the handler. */
  readonly kind: string
  /** What the handler needs: plain JSON data. */
  readonly refs: Readonly<Record<string, unknown>>
}

/** How many events a world keeps; older ones are forgotten (deviation 17). */
export const EVENTS_KEPT = 10_000

/** How many finished tasks a world remembers after their objects are gone (deviation 17). */
export const TASKS_KEPT = 10_000

export const emptyRoot: Root = Object.freeze({
  revision: 0,
  entities: new StringMap<Entity>(0, undefined),
  byType: PMap<string, IdList>(),
  indexes: PMap<string, StringMap<readonly string[]>>(),
  sums: PMap<string, StringMap<Amounts>>(),
  counters: PMap<string, number>(),
  events: List<Event>(),
  taskHistory: List<TaskInfo>(),
  agenda: Object.freeze([]),
})
