import { derive } from './derive.js'
import { differences } from './differences.js'
import type { Entity } from './entity.js'
import type { Model } from './model.js'
import type { Reader } from './reader.js'
import { emptyRoot, type Root } from './root.js'
import { rootReader } from './root-reader.js'
import { sourceValue } from './source.js'
import { Draft, type Transaction } from './transaction.js'

/** What a commit changed; per object the entity before and after (undefined: it was not there). */
export interface Commit {
  readonly before: Root
  readonly after: Root
  /** Found out when a listener asks. */
  readonly changes: readonly Change[]
  /** Set when the state was replaced as a whole (reset, restore): `changes` is then complete, but its order means nothing. */
  readonly replaced: boolean
}

export interface Change {
  readonly id: string
  readonly before: Entity | undefined
  readonly after: Entity | undefined
}

/** The state of one world and the only door to change it. */
export interface Inventory {
  readonly root: Root
  readonly read: Reader
  readonly model: Model
  /**
   * Runs `change` on a draft, brings the derivations up to date and commits. A throw leaves nothing behind. Not to be
   * nested.
   */
  transact<R>(change: (tx: Transaction) => R): R
  /** Puts a whole state in place (a snapshot, a seed). */
  replace(root: Root): void
  /**
   * Calls back after every commit, never inside one; returns the way to stop. What a listener throws goes to the
   * inventory's `onListenerError`: the commit stands, and the other listeners hear of it.
   */
  subscribe(listener: (commit: Commit) => void): () => void
}

export function createInventory(
  model: Model,
  start: Root = emptyRoot,
  onListenerError: (error: unknown) => void = rethrow,
): Inventory {
  let root = start
  let read = rootReader(root)
  let busy = false
  const listeners = new Set<(commit: Commit) => void>()

  const commit = (after: Root, changesSince: (before: Root) => readonly Change[], replaced: boolean) => {
    const before = root
    root = after
    read = rootReader(root)
    let changes: readonly Change[] | undefined
    const done: Commit = {
      before,
      after,
      replaced,
      get changes() {
        changes ??= changesSince(before)
        return changes
      },
    }
    for (const listener of [...listeners])
      try {
        listener(done)
      } catch (error) {
        onListenerError(error)
      }
  }

  return {
    model,
    get root() {
      return root
    },
    get read() {
      return read
    },
    transact(change) {
      if (busy) throw new Error('A transaction is running; behaviours get theirs from the caller.')
      busy = true
      const draft = new Draft(root, model)
      let result: ReturnType<typeof change>
      let after = root
      try {
        result = change(draft)
        if (draft.touched) {
          derive(draft, read)
          after = draft.finish()
        }
      } finally {
        busy = false
      }
      if (after !== root) commit(after, (before) => changesOf(draft, before), false)
      return result
    },
    replace(next) {
      if (busy) throw new Error('A transaction is running; the state cannot be replaced now.')
      const fresh = { ...next, revision: Math.max(root.revision, next.revision) + 1 }
      commit(Object.freeze(fresh), (before) => differences(before, next), true)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function rethrow(error: unknown): never {
  throw error
}

function changesOf(draft: Draft, before: Root): readonly Change[] {
  const changes: Change[] = []
  for (const [id, after] of draft.changed) {
    const old = before.entities.get(id)
    if (old !== after) changes.push({ id, before: old, after })
  }
  return changes
}

/** The same world with every derived property computed anew: what incremental derivation must always equal. */
export function recomputed(root: Root, model: Model): Root {
  const draft = new Draft(withoutEntities(root), model)
  for (const entity of [...root.entities.values()].sort((a, b) => a.order - b.order))
    draft.restore(Object.freeze({ ...entity, value: sourceValue(entity, model) }))
  derive(draft, rootReader(draft.start))
  return draft.finish()
}

function withoutEntities(root: Root): Root {
  const { counters, events, taskHistory, agenda } = root
  return { ...emptyRoot, revision: root.revision - 1, counters, events, taskHistory, agenda }
}
