import type { Change, Commit } from '#inventory/inventory.js'
import type { Reader } from '#inventory/reader.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import type { Services } from '../core/context.js'
import type { Registry } from '../core/registry.js'
import { contentsOf, definitionKey, membershipOf, type ViewDefinition } from '../view/membership.js'
import { containerDefinition } from '../view/views.js'
import type { Filter } from './filters.js'
import type { Selection } from './selection.js'

/**
 * Finds whom a commit may concern, without asking anybody: who waits is entered here under the objects that its filters
 * look at, or, when those are many, under types and properties, and under the views whose members it follows. Whoever is
 * woken for nothing finds that out by itself.
 */
export interface Waker<W> {
  /** Enters a waiter with what its filters look at; in place of its former entries. */
  enter(waiter: W, read: Reader, watched: readonly Watched[]): void
  leave(waiter: W): void
  /** The waiters that one commit concerns at once. */
  concerned(commit: Commit): ReadonlySet<W>
  /** True when a commit since the last call of `moved` may have changed the members of views that are followed. */
  readonly unsettled: boolean
  /** The waiters that follow a view with other members than before. */
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

interface WatchedView<W> {
  readonly definition: ViewDefinition
  view: readonly ManagedObjectReference[]
  readonly waiters: Set<W>
}

export function createWaker<W>(services: Services, registry: Registry): Waker<W> {
  const objects = new Map<string, Map<W, ReadonlySet<string>[]>>()
  const types = new Map<string, Map<string, Set<W>>>()
  const views = new Map<string, WatchedView<W>>()
  const always = new Set<W>()
  const entries = new Map<W, (() => void)[]>()
  let unsettled = false

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

  const enterView = (waiter: W, undo: (() => void)[], read: Reader, id: string) => {
    const entity = read.entity(id)
    const definition = entity && containerDefinition(entity)
    if (!definition) {
      always.add(waiter)
      undo.push(() => always.delete(waiter))
      return
    }
    const key = definitionKey(definition)
    const watched = getOr(views, key, () => ({
      definition,
      view: membershipOf(services, read, definition).view,
      waiters: new Set<W>(),
    }))
    watched.waiters.add(waiter)
    undo.push(() => {
      watched.waiters.delete(waiter)
      if (watched.waiters.size === 0) views.delete(key)
    })
  }

  const enterFilter = (waiter: W, undo: (() => void)[], read: Reader, { filter, selection }: Watched) => {
    const { shown, followed, selector, absent, live } = selection
    if (live) {
      always.add(waiter)
      undo.push(() => always.delete(waiter))
    }
    for (const { ref } of absent) enterObject(waiter, undo, ref.value, nothing)
    const size = followed.reduce((sum, { size }) => sum + size, shown.size)
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
        if (filter.set.plan(read.entity(id)?.type ?? '')?.worldly) enterView(waiter, undo, read, id)
    for (const traversal of selector.traversals) {
      const from = followed[traversal.at]
      const head = traversal.path.head.name
      if (!from) continue
      const heads = new Set([head])
      if (size <= FEW) for (const id of from.keys()) enterObject(waiter, undo, id, heads)
      else
        for (const type of selection.followedTypes[traversal.at] ?? nothing)
          enterType(waiter, undo, type, head)
      if (registry.projections(traversal.type).get(head)?.watched === 'world')
        for (const id of from.keys()) enterView(waiter, undo, read, id)
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
    concerned({ changes }) {
      const woken = new Set<W>(always)
      if (entries.size === 0) return woken
      for (const change of changes) {
        wakeFor(change, woken)
        if (views.size > 0 && !unsettled && touchesContents(change)) unsettled = true
      }
      return woken
    },
    get unsettled() {
      return unsettled
    },
    moved(read) {
      unsettled = false
      const woken = new Set<W>()
      for (const watched of views.values()) {
        const { view } = membershipOf(services, read, watched.definition)
        if (view === watched.view) continue
        watched.view = view
        for (const waiter of watched.waiters) woken.add(waiter)
      }
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

function touchesContents({ before, after }: Change): boolean {
  const properties = contentsOf((after ?? before)?.type ?? '')
  if (!properties) return false
  return !before || !after || properties.some((name) => differs(before.value, after.value, name))
}

function getOr<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let found = map.get(key)
  if (found === undefined) {
    found = make()
    map.set(key, found)
  }
  return found
}
