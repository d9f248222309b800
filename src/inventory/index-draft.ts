import { Map as PMap } from 'immutable'
import type { Entity } from './entity.js'
import { type Index, touches } from './indexes.js'
import type { Root } from './root.js'

/** The indexes of a world with the changes of a transaction on top. */
export interface IndexDraft {
  readonly lookup: (index: Index, key: string) => readonly string[]
  /** Brings indexes up to date with an object that came, went (undefined after) or changed. */
  update(indexes: readonly Index[], before: Entity | undefined, after: Entity | undefined): void
  finish(): Root['indexes']
}

/** What an index holds under a key. A list that nobody has looked at yet grows in place: n objects under a key cost n. */
interface Listed {
  readonly ids: string[]
  /** Order of the last of them. */
  youngest: number
  seen: boolean
}

const none: readonly string[] = Object.freeze([])

/** `orderOf` is asked for objects as they are before the update that is under way. */
export function indexDraft(start: Root['indexes'], orderOf: (id: string) => number): IndexDraft {
  const changes = new Map<Index, Map<string, Listed>>()

  const changesOf = (index: Index) => {
    let keys = changes.get(index)
    if (!keys) {
      keys = new Map()
      changes.set(index, keys)
    }
    return keys
  }

  const lookup = (index: Index, key: string): readonly string[] => {
    const listed = changes.get(index)?.get(key)
    if (!listed) return start.get(index.name)?.get(key) ?? []
    listed.seen = true
    return listed.ids
  }

  const list = (index: Index, key: string, { id, order }: Entity) => {
    const keys = changesOf(index)
    const listed = keys.get(key)
    if (listed && !listed.seen && listed.youngest < order) {
      listed.ids.push(id)
      listed.youngest = order
    } else {
      const present = listed?.ids ?? start.get(index.name)?.get(key)
      const ids = present ? inserted(present, id, order) : [id]
      keys.set(key, { ids, youngest: ids.at(-1) === id ? order : Number.POSITIVE_INFINITY, seen: false })
    }
  }

  const inserted = (ids: readonly string[], id: string, order: number): string[] => {
    let at = ids.length
    while (at > 0 && orderOf(ids[at - 1] as string) > order) at--
    return [...ids.slice(0, at), id, ...ids.slice(at)]
  }

  const unlist = (index: Index, key: string, { id }: Entity) => {
    const ids = lookup(index, key).filter((other) => other !== id)
    changesOf(index).set(key, { ids, youngest: Number.POSITIVE_INFINITY, seen: false })
  }

  return {
    lookup,
    update(indexes, before, after) {
      for (const index of indexes) {
        if (!touches(index.inputs, before?.value, after?.value)) continue
        const old = before ? index.keys(before.value, before.id) : none
        const fresh = after ? index.keys(after.value, after.id) : none
        if (before) for (const key of old) if (!fresh.includes(key)) unlist(index, key, before)
        if (after) for (const key of fresh) if (!old.includes(key)) list(index, key, after)
      }
    },
    finish: () =>
      start.withMutations((indexes) => {
        for (const [index, keys] of changes)
          indexes.update(index.name, PMap<string, readonly string[]>(), (old) =>
            old.withMutations((all) => {
              for (const [key, { ids }] of keys) ids.length ? all.set(key, ids) : all.delete(key)
            }),
          )
      }),
  }
}
