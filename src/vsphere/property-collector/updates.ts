import type { Entity } from '#inventory/entity.js'
import { moRef } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import { fault, localized } from '#vim25/fault.js'
import type {
  ManagedObjectReference,
  MissingObject,
  ObjectUpdate,
  PropertyChange,
  PropertyFilterUpdate,
} from '#vim25/generated/types.js'
import type { ChangeLog } from './change-log.js'
import { changesBetween, enteringChanges } from './changes.js'
import { missingProperty, type Reading, refusals } from './content.js'
import type { Filter } from './filters.js'
import type { Plan } from './plan.js'
import { visible } from './select.js'
import type { Selection, Selections } from './selection.js'

/** The state in which filters were last reported: a version. */
export interface Reported {
  readonly read: Reader
  readonly revision: number
  readonly filters: ReadonlyMap<string, ReportedFilter>
}

interface ReportedFilter {
  readonly selection: Selection
  /** Objects of the spec that were missing. */
  readonly missing: ReadonlySet<string>
}

/** One thing to report; an object that enters is read only when its turn comes. */
export type Item = { readonly filter: ManagedObjectReference } & (
  | { readonly kind: 'enter'; readonly entity: Entity; readonly plan: Plan }
  | {
      readonly kind: 'modify'
      readonly obj: ManagedObjectReference
      readonly changes: readonly PropertyChange[]
    }
  | { readonly kind: 'leave'; readonly obj: ManagedObjectReference }
  | { readonly kind: 'missing'; readonly obj: ManagedObjectReference }
)

export interface Evaluation {
  readonly items: readonly Item[]
  readonly next: Reported
}

export interface World {
  readonly log: ChangeLog
  readonly selections: Selections
  readonly work: Work
}

/** What was done since the world began: the cost of waiting is a matter of these, and not of who waits. */
export interface Work {
  /** Collectors that a commit may concern. */
  woken: number
  /** Answers looked for. */
  calculations: number
  /** Objects of which two states were compared. */
  comparisons: number
}

/** What differs for the filters between a version (undefined: nothing was reported yet) and the reader's state. */
export function evaluate(
  world: World,
  reading: Reading,
  revision: number,
  filters: readonly Filter[],
  from: Reported | undefined,
): Evaluation {
  const items: Item[] = []
  const reported = new Map<string, ReportedFilter>()
  for (const filter of filters) {
    const { selector, text, ref } = filter
    const selection = world.selections.current(reading, revision, selector, text)
    const missing = missingOf(reading, filter)
    reported.set(ref.value, { selection, missing })
    const last = from?.filters.get(ref.value)
    for (const id of missing)
      if (!last?.missing.has(id)) items.push({ filter: ref, kind: 'missing', obj: missingRef(filter, id) })
    if (from && last) compare(world, reading, filter, from, last.selection, selection, items)
    else for (const id of selection.shown) enter(reading, filter, id, items)
  }
  return { items, next: { read: reading.ctx.read, revision, filters: reported } }
}

function missingOf(reading: Reading, { value }: Filter): ReadonlySet<string> {
  if (!value.spec.reportMissingObjectsInResults) return none
  return new Set(value.spec.objectSet.filter(({ obj }) => !visible(reading, obj)).map(({ obj }) => obj.value))
}

const none: ReadonlySet<string> = new Set()

function missingRef({ value }: Filter, id: string): ManagedObjectReference {
  return value.spec.objectSet.find(({ obj }) => obj.value === id)?.obj ?? moRef('ManagedObject', id)
}

function enter(reading: Reading, { ref, set }: Filter, id: string, items: Item[]): void {
  const entity = reading.ctx.read.entity(id)
  const plan = entity && set.plan(entity.type)
  if (plan) items.push({ filter: ref, kind: 'enter', entity, plan })
}

function compare(
  world: World,
  reading: Reading,
  filter: Filter,
  from: Reported,
  last: Selection,
  selection: Selection,
  items: Item[],
): void {
  const { ref, set, value } = filter
  if (last.shown !== selection.shown) {
    for (const id of last.shown) {
      const old = selection.shown.has(id) ? undefined : from.read.entity(id)
      if (old?.ref && set.plan(old.type)) items.push({ filter: ref, kind: 'leave', obj: old.ref })
    }
    for (const id of selection.shown) if (!last.shown.has(id)) enter(reading, filter, id, items)
  }
  const before: Reading = { ...reading, ctx: { ...reading.ctx, read: from.read } }
  for (const id of candidates(world, reading, filter, from, selection)) {
    if (!selection.shown.has(id) || !last.shown.has(id)) continue
    const old = from.read.entity(id)
    const now = reading.ctx.read.entity(id)
    const plan = now && set.plan(now.type)
    if (!plan || !old || (old === now && !plan.worldly)) continue
    if (old.type !== now.type) {
      enter(reading, filter, id, items)
      continue
    }
    world.work.comparisons++
    const refused = refusals(reading, now, plan)
    const changes = changesBetween(before, old, reading, now, plan, value.partialUpdates, refused)
    if (changes.length > 0)
      items.push({ filter: ref, kind: 'modify', obj: now.ref as ManagedObjectReference, changes })
  }
}

/** The ids that can have changed since the version; all of them when the log does not reach back. */
function candidates(
  { log }: World,
  { ctx }: Reading,
  { set }: Filter,
  from: Reported,
  selection: Selection,
): Iterable<string> {
  const changed = log.since(from.revision)
  if (!changed) return selection.shown
  if (!set.worldly) return changed
  const worldly = [...selection.shown].filter((id) => set.plan(ctx.read.entity(id)?.type ?? '')?.worldly)
  return new Set([...changed, ...worldly])
}

/** The items as the filterSet of an UpdateSet, grouped by filter in the order of the items. */
export function filterSet(reading: Reading, items: readonly Item[]): readonly PropertyFilterUpdate[] {
  const groups = new Map<ManagedObjectReference, { objectSet: ObjectUpdate[]; missingSet: MissingObject[] }>()
  for (const item of items) {
    let group = groups.get(item.filter)
    if (!group) {
      group = { objectSet: [], missingSet: [] }
      groups.set(item.filter, group)
    }
    if (item.kind === 'missing') group.missingSet.push(missingObject(item.obj))
    else group.objectSet.push(objectUpdate(reading, item))
  }
  return [...groups].map(([filter, { objectSet, missingSet }]) => ({
    _typeName: 'PropertyFilterUpdate',
    filter,
    ...(objectSet.length > 0 && { objectSet }),
    ...(missingSet.length > 0 && { missingSet }),
  }))
}

function missingObject(obj: ManagedObjectReference): MissingObject {
  return { _typeName: 'MissingObject', obj, fault: localized(fault('ManagedObjectNotFound', { obj })) }
}

function objectUpdate(reading: Reading, item: Exclude<Item, { kind: 'missing' }>): ObjectUpdate {
  if (item.kind === 'leave') return { _typeName: 'ObjectUpdate', kind: 'leave', obj: item.obj }
  if (item.kind === 'modify')
    return { _typeName: 'ObjectUpdate', kind: 'modify', obj: item.obj, changeSet: item.changes }
  const { entity, plan } = item
  const refused = refusals(reading, entity, plan)
  const changeSet = enteringChanges(reading, entity, plan, refused)
  return {
    _typeName: 'ObjectUpdate',
    kind: 'enter',
    obj: entity.ref as ManagedObjectReference,
    ...(changeSet.length > 0 && { changeSet }),
    ...(refused && { missingSet: [...refused].map(([entry, error]) => missingProperty(entry, error)) }),
  }
}
