import type { Entity } from './entity.js'
import { type Index, isSum, type Kept, touches } from './indexes.js'
import type { Root } from './root.js'
import { StringMap } from './string-map.js'
import { type SumDraft, sumDraft } from './sums.js'

/** The indexes and sums of a world with the changes of a transaction on top. */
export interface IndexDraft {
  readonly lookup: (index: Index, key: string) => readonly string[]
  readonly total: SumDraft['total']
  /** Brings indexes up to date with an object that came, went (undefined after) or changed. */
  update(indexes: readonly Kept[], before: Entity | undefined, after: Entity | undefined): void
  finish(): Root['indexes']
  finishSums(): Root['sums']
}

/** What an index holds under a key. A list that nobody has looked at yet grows in place: n objects under a key cost n. */
interface Listed {
  readonly ids: string[]
  /** Order of the last of them. */
  youngest: number
  seen: boolean
}

const none: readonly string[] = Object.freeze([])
const noKeys = new StringMap<readonly string[]>(0, undefined)

/** Keys of new objects that nobody has looked for yet: of 70,000 keys of a seed most are never looked for while it is made. */
interface Arrivals {
  readonly keys: string[]
  readonly entities: Entity[]
}

/** `orderOf` is asked for objects as they are before the update that is under way. */
export function indexDraft(
  { indexes: start, sums: totals }: Pick<Root, 'indexes' | 'sums'>,
  orderOf: (id: string) => number,
): IndexDraft {
  const sums = sumDraft(totals)
  const changes = new Map<Index, Map<string, Listed>>()

  const arrivals = new Map<Index, Arrivals>()

  const changesOf = (index: Index) => {
    enter(index)
    let keys = changes.get(index)
    if (!keys) {
      keys = new Map()
      changes.set(index, keys)
    }
    return keys
  }

  const arrive = (index: Index, key: string, entity: Entity) => {
    let waiting = arrivals.get(index)
    if (!waiting) {
      waiting = { keys: [], entities: [] }
      arrivals.set(index, waiting)
    }
    waiting.keys.push(key)
    waiting.entities.push(entity)
  }

  /** Lists what has arrived. */
  const enter = (index: Index) => {
    const waiting = arrivals.get(index)
    if (!waiting) return
    arrivals.delete(index)
    waiting.keys.forEach((key, at) => {
      list(index, key, waiting.entities[at] as Entity)
    })
  }

  const lookup = (index: Index, key: string): readonly string[] => {
    enter(index)
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
        if (isSum(index)) {
          sums.update(index, before, after)
          continue
        }
        if (!touches(index.inputs, before?.value, after?.value)) continue
        const old = before ? index.keys(before.value, before.id) : none
        const fresh = after ? index.keys(after.value, after.id) : none
        if (before) for (const key of old) if (!fresh.includes(key)) unlist(index, key, before)
        if (!after) continue
        for (const key of fresh)
          if (!before && !changes.has(index)) arrive(index, key, after)
          else if (!old.includes(key)) list(index, key, after)
      }
    },
    total: sums.total,
    finishSums: sums.finish,
    finish: () =>
      start.withMutations((indexes) => {
        for (const [index, { keys, entities }] of arrivals)
          indexes.update(index.name, noKeys, (old) => {
            const edit = old.edit()
            keys.forEach((key, at) => {
              const { id, order } = entities[at] as Entity
              const present = edit.get(key)
              if (!present) edit.set(key, [id])
              // A list that was made here grows in place.
              else if (present !== old.get(key) && orderOf(present.at(-1) ?? '') < order)
                (present as string[]).push(id)
              else edit.set(key, inserted(present, id, order))
            })
            return edit.done()
          })
        for (const [index, keys] of changes)
          indexes.update(index.name, noKeys, (old) => {
            const edit = old.edit()
            for (const [key, { ids }] of keys) edit.set(key, ids.length > 0 ? ids : undefined)
            return edit.done()
          })
      }),
  }
}
