import type { Entity } from '#inventory/entity.js'
import { deepEqual } from '#inventory/equal.js'
import type { PropertyChange } from '#vim25/generated/types.js'
import { anyAt, headOf, isContainerGone, type Reading, type Refusals, storedHead } from './content.js'
import { partialChanges } from './partial.js'
import { valueAt } from './paths.js'
import type { Entry, Plan } from './plan.js'

/**
 * Everything that a plan selects of an object that a filter reports for the first time: unset properties that were asked for
 * by name are listed without a value (soap-wire 5.4).
 */
export function enteringChanges(
  reading: Reading,
  entity: Entity,
  plan: Plan,
  refused: Refusals,
): readonly PropertyChange[] {
  const changes: PropertyChange[] = []
  for (const entry of plan.entries) {
    if (refused?.has(entry)) continue
    const head = headOf(reading.ctx, entity, entry)
    const value = valueAt(head, entry.path)
    if (value !== undefined) changes.push(assign(entry.name, anyAt(head, entry, value)))
    else if (entry.named) changes.push(assign(entry.name))
  }
  return changes
}

export function assign(name: string, val?: PropertyChange['val']): PropertyChange {
  return val === undefined
    ? { _typeName: 'PropertyChange', name, op: 'assign' }
    : { _typeName: 'PropertyChange', name, op: 'assign', val }
}

/**
 * What became of the selected properties between two states of one object, by name. Without `partial`, each property is sent
 * whole under the name that was asked for; with it, only the smallest paths that differ. A property that only the clock or
 * the caller moves does not count.
 */
export function changesBetween(
  before: Reading,
  old: Entity,
  after: Reading,
  now: Entity,
  plan: Plan,
  partial: boolean,
  refused: Refusals,
): readonly PropertyChange[] {
  const changes: PropertyChange[] = []
  for (const entry of plan.entries) {
    if (refused?.has(entry)) continue
    const watched = entry.projection?.watched !== undefined
    const oldHead = watched ? headOf(before.ctx, old, entry) : storedHead(old, entry)
    const newHead = watched ? headOf(after.ctx, now, entry) : storedHead(now, entry)
    if (Object.is(oldHead, newHead)) continue
    const oldValue = valueAt(oldHead, entry.path)
    const newValue = valueAt(newHead, entry.path)
    if (Object.is(oldValue, newValue) || deepEqual(oldValue, newValue)) continue
    if (newValue === undefined) changes.push(unset(entry, newHead))
    else if (partial && oldValue !== undefined)
      partialChanges(entry, newHead, oldValue, newValue, changes, plan.release)
    else {
      const head = entry.projection && !watched ? headOf(after.ctx, now, entry) : newHead
      changes.push(assign(entry.name, anyAt(head, entry, valueAt(head, entry.path))))
    }
  }
  return partial ? changes.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)) : changes
}

/**
 * A selected property is unset now: an element that has gone is removed; what was in something that has gone as a whole is
 * removed indirectly; an optional one of its own is assigned nothing, as it is listed at entering (soap-wire 9.1).
 */
function unset(entry: Entry, head: unknown): PropertyChange {
  const op = isContainerGone(head, entry)
    ? 'indirectRemove'
    : entry.path.steps.at(-1)?.key
      ? 'remove'
      : 'assign'
  return { _typeName: 'PropertyChange', name: entry.name, op }
}
