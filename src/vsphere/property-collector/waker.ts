import type { Entity } from '#inventory/entity.js'
import type { Change, Commit } from '#inventory/inventory.js'
import type { Reader } from '#inventory/reader.js'
import { touchesPlaces, touchesRights } from '../authorization/touches.js'
import type { Following } from '../core/behaviour.js'
import type { Services } from '../core/context.js'
import type { Registry } from '../core/registry.js'
import type { Filter } from './filters.js'
import type { Selection } from './selection.js'

/**
 * Finds whom a commit may concern, without asking anybody: who waits is entered here under the objects that its filters
 * look at, or, when those are many, under types and properties, and under what of the world they follow (the members of
 * a view, the page of a history). Whoever is woken for nothing finds that out by itself.
 */
export interface Waker<W> {
  /** Enters a waiter with what its filters look at; in place of its former entries. */
  enter(waiter: W, read: Reader, watched: readonly Watched[]): void
  leave(waiter: W): void
  /** The waiters that one commit concerns at once. */
  concerned(commit: Commit): ReadonlySet<W>
  /** True when a commit since the last call of `moved` may have changed something that is followed. */
  readonly unsettled: boolean
  /** The waiters that follow something that is not what it was. */
  moved(read: Reader): ReadonlySet<W>
}

export interface Watched {
  readonly filter: Filter
  readonly selection: Selection
}

/** A selection with more objects than this is entered by type and property. */
const FEW = 64

/** Entry for the end of an object of a type. */
const END = ''

interface Followed<W> {
  readonly following: Following
  value: unknown
  readonly waiters: Set<W>
}

/** Who may see what decides about every selection; where things are, only while not everybody may see everything. */
const RIGHTS: Following = { key: 'rights', touches: touchesRights }
const PLACES: Following = { key: 'places', touches: touchesPlaces }

/** What depends on more than can be told. */
const ANYTHING: Following = { key: 'anything', touches: () => true }

export function createWaker<W>(services: Services, registry: Registry): Waker<W> {
  const objects = new Map<string, Map<W, ReadonlySet<string>[]>>()
  const types = new Map<string, Map<string, Set<W>>>()
  const followed = new Map<string, Followed<W>>()
  /** What of it the commits since the last call of `moved` touch. */
  const touched = new Set<Followed<W>>()
  const entries = new Map<W, (() => void)[]>()

  const leave = (waiter: W) => {
    for (const undo of entries.get(waiter) ?? []) undo()
    entries.delete(waiter)
  }

  /** Properties of one object. */
  const enterObject = (waiter: W, undo: (() => void)[], id: string, heads: ReadonlySet<string>) => {
    const waiters = getOr(objects, id, () => new Map<W, ReadonlySet<string>[]>())
    const list = waiters.get(waiter)
    if (list) {
      list.push(heads)
      return
    }
    waiters.set(waiter, [heads])
    undo.push(() => {
      waiters.delete(waiter)
      if (waiters.size === 0) objects.delete(id)
    })
  }

  const enterType = (waiter: W, undo: (() => void)[], type: string, head: string) => {
    const heads = getOr(types, type, () => new Map<string, Set<W>>())
    const waiters = getOr(heads, head, () => new Set<W>())
    if (waiters.has(waiter)) return
    waiters.add(waiter)
    undo.push(() => {
      waiters.delete(waiter)
      if (waiters.size === 0) heads.delete(head)
      if (heads.size === 0) types.delete(type)
    })
  }

  const follow = (waiter: W, undo: (() => void)[], read: Reader, following: Following) => {
    const { key } = following
    const entry = getOr(followed, key, () => ({
      following,
      value: following.value?.(read),
      waiters: new Set<W>(),
    }))
    entry.waiters.add(waiter)
    undo.push(() => {
      entry.waiters.delete(waiter)
      if (entry.waiters.size > 0) return
      followed.delete(key)
      touched.delete(entry)
    })
  }

  const followProjected = (waiter: W, undo: (() => void)[], read: Reader, id: string, head: string) => {
    const entity = read.entity(id)
    const projection = entity && registry.projections(entity.type).get(head)
    if (projection?.watched === 'world')
      follow(waiter, undo, read, projection.follow?.(services, entity as Entity) ?? ANYTHING)
  }

  const enterFilter = (waiter: W, undo: (() => void)[], read: Reader, { filter, selection }: Watched) => {
    const { shown, selector, absent, live } = selection
    follow(waiter, undo, read, RIGHTS)
    if (live) follow(waiter, undo, read, PLACES)
    for (const { ref } of absent) enterObject(waiter, undo, ref.value, nothing)
    const size = selection.followed.reduce((sum, { size }) => sum + size, shown.size)
    if (size <= FEW)
      for (const id of shown)
        enterObject(waiter, undo, id, filter.set.plan(read.entity(id)?.type ?? '')?.heads ?? nothing)
    else
      for (const type of selection.types) {
        enterType(waiter, undo, type, END)
        for (const head of filter.set.plan(type)?.heads ?? nothing) enterType(waiter, undo, type, head)
      }
    if (filter.set.worldly)
      for (const id of shown)
        for (const { path } of filter.set.plan(read.entity(id)?.type ?? '')?.projected ?? [])
          followProjected(waiter, undo, read, id, path.head.name)
    for (const traversal of selector.traversals) {
      const from = selection.followed[traversal.at]
      const head = traversal.path.head.name
      if (!from) continue
      const projection = registry.projections(traversal.type).get(head)
      const heads = new Set([head, ...(projection?.inputs ?? [])])
      if (size <= FEW) for (const id of from.keys()) enterObject(waiter, undo, id, heads)
      else
        for (const type of selection.followedTypes[traversal.at] ?? nothing)
          for (const name of heads) enterType(waiter, undo, type, name)
      for (const id of projection ? from.keys() : []) followProjected(waiter, undo, read, id, head)
    }
  }

  const wakeFor = ({ id, before, after }: Change, woken: Set<W>) => {
    for (const [waiter, list] of objects.get(id) ?? [])
      if (!before || !after || list.some((heads) => anyDiffers(before.value, after.value, heads)))
        woken.add(waiter)
    const byHead = before && types.get(before.type)
    if (!byHead) return
    for (const [head, waiters] of byHead)
      if (head === END ? !after : after && differs(before.value, after.value, head))
        for (const waiter of waiters) woken.add(waiter)
  }

  return {
    enter(waiter, read, watched) {
      leave(waiter)
      const undo: (() => void)[] = []
      entries.set(waiter, undo)
      for (const one of watched) enterFilter(waiter, undo, read, one)
    },
    leave,
    concerned(commit) {
      const woken = new Set<W>()
      if (entries.size === 0) return woken
      for (const change of commit.changes) wakeFor(change, woken)
      for (const entry of followed.values())
        if (!touched.has(entry) && entry.following.touches(commit)) touched.add(entry)
      return woken
    },
    get unsettled() {
      return touched.size > 0
    },
    moved(read) {
      const woken = new Set<W>()
      for (const entry of touched) {
        const value = entry.following.value?.(read)
        if (entry.following.value && value === entry.value) continue
        entry.value = value
        for (const waiter of entry.waiters) woken.add(waiter)
      }
      touched.clear()
      return woken
    },
  }
}

const nothing: ReadonlySet<string> = new Set()

const differs = (before: object, after: object, name: string) =>
  !Object.is((before as Record<string, unknown>)[name], (after as Record<string, unknown>)[name])

function anyDiffers(before: object, after: object, names: ReadonlySet<string>): boolean {
  for (const name of names) if (differs(before, after, name)) return true
  return false
}

function getOr<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let found = map.get(key)
  if (found === undefined) {
    found = make()
    map.set(key, found)
  }
  return found
}
