import type { List } from 'immutable'
import { applyDelta, type Delta, deltaOf } from '#store/delta.js'
import type { State } from '#store/store.js'
import type { Event, TaskInfo } from '#vim25/generated/types.js'
import { derive } from './derive.js'
import { differences } from './differences.js'
import { type Entity, moRef } from './entity.js'
import type { Commit } from './inventory.js'
import type { Model } from './model.js'
import { type AgendaEntry, emptyRoot, type Root } from './root.js'
import { rootReader } from './root-reader.js'
import { sourceValue } from './source.js'
import { Draft } from './transaction.js'

/*
 * A root as plain data, and back: source state only; what is derived is computed anew. The log between two
 * checkpoints says, commit by commit, what changed in the source state.
 */

/** id, type, order, 1 for a managed object, source value. */
type EntityRow = readonly [string, string, number, 0 | 1, object]

/** One commit as the log keeps it. */
interface Entry {
  /** Revisions before and after. */
  readonly from: number
  readonly to: number
  /** The clock at the commit, milliseconds since the epoch. */
  readonly at: number
  readonly added?: readonly EntityRow[]
  readonly changed?: readonly (readonly [string, Delta])[]
  readonly removed?: readonly string[]
  readonly counters?: readonly (readonly [string, number | null])[]
  readonly events?: ListChange<Event>
  readonly tasks?: ListChange<TaskInfo>
  readonly agenda?: Delta
}

/** How a bounded list grows: some go at the beginning, some are kept, some come at the end. */
interface ListChange<T> {
  readonly drop: number
  readonly keep: number
  readonly add: readonly T[]
}

/** The root as a checkpoint holds it; cheap to make, its lists are computed as they are gone through. */
export function stateOf(root: Root, model: Model, at: number): State {
  const rows = {
    *[Symbol.iterator]() {
      for (const entity of root.entities.values()) yield rowOf(entity, model)
    },
  }
  return {
    facts: { revision: root.revision, at },
    sections: {
      entities: rows,
      events: root.events,
      tasks: root.taskHistory,
      agenda: root.agenda,
      counters: root.counters.entrySeq(),
    },
  }
}

/** What a commit changed in the source state. */
export function entryOf(
  commit: Pick<Commit, 'before' | 'after' | 'changes'>,
  model: Model,
  at: number,
): object {
  const { before, after } = commit
  const added: EntityRow[] = []
  const changed: [string, Delta][] = []
  const removed: string[] = []
  for (const change of commit.changes) {
    const { id } = change
    if (!change.after) removed.push(id)
    else if (change.before?.type !== change.after.type || change.before.order !== change.after.order)
      added.push(rowOf(change.after, model))
    else {
      const delta = deltaOf(sourceValue(change.before, model), sourceValue(change.after, model))
      if (delta) changed.push([id, delta])
    }
  }
  const counters = counterChanges(before, after)
  const agenda = deltaOf(before.agenda, after.agenda)
  return {
    from: before.revision,
    to: after.revision,
    at,
    ...(added.length > 0 && { added }),
    ...(changed.length > 0 && { changed }),
    ...(removed.length > 0 && { removed }),
    ...(counters.length > 0 && { counters }),
    ...(before.events !== after.events && { events: listChange(before.events, after.events) }),
    ...(before.taskHistory !== after.taskHistory && {
      tasks: listChange(before.taskHistory, after.taskHistory),
    }),
    ...(agenda && { agenda }),
  } satisfies Entry
}

/** The changes from one root to another, by identity; for two that no commit connects. */
export function changesBetween(before: Root, after: Root): Pick<Commit, 'before' | 'after' | 'changes'> {
  return { before, after, changes: differences(before, after) }
}

/** A root that was kept, and the instant of its last commit. */
export interface KeptRoot {
  readonly root: Root
  /** Milliseconds since the epoch. */
  readonly at: number
}

/**
 * The root that a checkpoint and the log after it lead to. Throws when the log does not continue the checkpoint:
 * something is missing then.
 */
export function rootOf(state: State, entries: readonly unknown[], model: Model): KeptRoot {
  const rows = new Map<string, EntityRow>()
  for (const row of state.sections.entities as Iterable<EntityRow>) rows.set(row[0], row)
  const counters = new Map(state.sections.counters as Iterable<[string, number]>)
  let events = [...(state.sections.events as Iterable<Event>)]
  let tasks = [...((state.sections.tasks ?? []) as Iterable<TaskInfo>)]
  let agenda: readonly AgendaEntry[] = Object.freeze([...(state.sections.agenda as Iterable<AgendaEntry>)])
  let { revision, at } = state.facts as { revision: number; at: number }
  for (const entry of entries as readonly Entry[]) {
    if (entry.to <= revision) continue
    if (entry.from !== revision)
      throw new Error(`the log goes on from revision ${entry.from}, not ${revision}`)
    for (const row of entry.added ?? []) rows.set(row[0], row)
    for (const [id, delta] of entry.changed ?? []) rows.set(id, changedRow(rows.get(id), id, delta))
    for (const id of entry.removed ?? []) rows.delete(id)
    for (const [name, number] of entry.counters ?? [])
      number === null ? counters.delete(name) : counters.set(name, number)
    if (entry.events) events = changedList(events, entry.events)
    if (entry.tasks) tasks = changedList(tasks, entry.tasks)
    if (entry.agenda) agenda = applyDelta(agenda, entry.agenda) as readonly AgendaEntry[]
    revision = entry.to
    at = entry.at
  }
  const start: Root = {
    ...emptyRoot,
    revision: revision - 1,
    counters: emptyRoot.counters.merge(counters),
    events: emptyRoot.events.concat(events),
    taskHistory: emptyRoot.taskHistory.concat(tasks),
    agenda,
  }
  return { root: derivedRoot(start, rows.values(), model), at }
}

function derivedRoot(start: Root, rows: Iterable<EntityRow>, model: Model): Root {
  const draft = new Draft(start, model)
  for (const [id, type, order, managed, value] of [...rows].sort((a, b) => a[2] - b[2]))
    draft.restore(Object.freeze({ id, type, order, ref: managed ? moRef(type, id) : undefined, value }))
  derive(draft, rootReader(start))
  return draft.finish()
}

function rowOf(entity: Entity, model: Model): EntityRow {
  return [entity.id, entity.type, entity.order, entity.ref ? 1 : 0, sourceValue(entity, model)]
}

function changedRow(row: EntityRow | undefined, id: string, delta: Delta): EntityRow {
  if (!row) throw new Error(`the log changes '${id}', which is not there`)
  return [row[0], row[1], row[2], row[3], applyDelta(row[4], delta) as object]
}

function counterChanges(before: Root, after: Root): readonly (readonly [string, number | null])[] {
  if (before.counters === after.counters) return []
  return [
    ...after.counters.entrySeq().filter(([name, number]) => before.counters.get(name) !== number),
    ...before.counters
      .keySeq()
      .filter((name) => !after.counters.has(name))
      .map((name) => [name, null] as const),
  ]
}

/** Items come at the end and go at the beginning; a restore also takes some from the end. */
function listChange<T>(before: List<T>, after: List<T>): ListChange<T> {
  const add: T[] = []
  const last = before.last()
  let kept = after.size
  while (kept > 0 && after.get(kept - 1) !== last) add.push(after.get(--kept) as T)
  if (kept > 0 || last === undefined) return { drop: before.size - kept, keep: kept, add: add.reverse() }
  // The newest item before is not there any more: the state was replaced.
  const drop = before.indexOf(after.first() as T)
  let keep = 0
  if (drop >= 0) while (keep < after.size && before.get(drop + keep) === after.get(keep)) keep++
  return { drop: Math.max(drop, 0), keep, add: [...after.slice(keep)] }
}

function changedList<T>(list: readonly T[], { drop, keep, add }: ListChange<T>): T[] {
  return [...list.slice(drop, drop + keep), ...add]
}
