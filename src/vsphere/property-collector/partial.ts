import { deepEqual } from '#inventory/equal.js'
import type { PropertyChange } from '#vim25/generated/types.js'
import { toAny } from '#vim25/json/any-slot.js'
import { dataType, type Property } from '#vim25/schema.js'
import { keyOf, typeAt } from './paths.js'
import type { Entry } from './plan.js'

interface Changes {
  readonly list: PropertyChange[]
  readonly release: number
}

type Members = Readonly<Record<string, unknown>> & { readonly _typeName: string }

/**
 * The smallest paths that differ between two values of a property, `config.hardware.device[4000].connectable.connected`:
 * members assigned, elements with keys added and removed, arrays without keys assigned whole (soap-wire 5.4). A client of
 * an older release hears nothing of members that it does not know.
 */
export function partialChanges(
  entry: Entry,
  head: unknown,
  before: unknown,
  after: unknown,
  changes: PropertyChange[],
  release: number,
): void {
  compare(entry.name, typeAt(head, entry.path), before, after, { list: changes, release })
}

function compare(name: string, type: Property, before: unknown, after: unknown, changes: Changes): void {
  if (Object.is(before, after)) return
  if (after === undefined) change(changes, name, 'assign')
  else if (!type.array && type.kind === 'data' && areAlike(before, after))
    compareMembers(name, before as Members, after as Members, changes)
  else if (type.array && compareKeyed(name, type, before, after, changes)) return
  else if (!deepEqual(before, after)) change(changes, name, 'assign', toAny(after, type))
}

function compareMembers(name: string, before: Members, after: Members, changes: Changes): void {
  for (const member of dataType(after._typeName)?.properties ?? [])
    if (member.since <= changes.release)
      compare(`${name}.${member.name}`, member, before[member.name], after[member.name], changes)
}

/** False when the elements cannot be told apart by keys, or only their order differs. */
function compareKeyed(
  name: string,
  type: Property,
  before: unknown,
  after: unknown,
  changes: Changes,
): boolean {
  if (type.kind !== 'data' || !keyOf(type.type)) return false
  if (!Array.isArray(before) || !Array.isArray(after)) return false
  const old = byKey(before)
  const now = byKey(after)
  if (!old || !now) return false
  const element: Property = { ...type, array: false }
  const count = changes.list.length
  for (const [key, value] of old) {
    const fresh = now.get(key)
    if (fresh === undefined) change(changes, pathOf(name, key), 'remove')
    else if (value._typeName === fresh._typeName) compareMembers(pathOf(name, key), value, fresh, changes)
    else change(changes, pathOf(name, key), 'assign', toAny(fresh, element))
  }
  for (const [key, value] of now)
    if (!old.has(key)) change(changes, pathOf(name, key), 'add', toAny(value, element))
  return changes.list.length > count || deepEqual(before, after)
}

/** Integer keys bare, others in double quotes (soap-wire 5.1). */
function pathOf(name: string, key: unknown): string {
  return typeof key === 'string' ? `${name}["${key}"]` : `${name}[${String(key)}]`
}

/** The elements by key; undefined when one has none, two share one, or a key could not be written in a path. */
function byKey(elements: readonly unknown[]): ReadonlyMap<unknown, Members> | undefined {
  const found = new Map<unknown, Members>()
  for (const element of elements) {
    const key = isData(element) ? element.key : undefined
    if (key === undefined || found.has(key) || (typeof key === 'string' && key.includes('"')))
      return undefined
    found.set(key, element as Members)
  }
  return found
}

function isData(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && '_typeName' in value
}

/** Data objects of one type: their members can be compared one by one. */
function areAlike(before: unknown, after: unknown): boolean {
  return isData(before) && isData(after) && before._typeName === after._typeName
}

function change(changes: Changes, name: string, op: PropertyChange['op'], val?: unknown): void {
  changes.list.push(
    val === undefined
      ? { _typeName: 'PropertyChange', name, op }
      : { _typeName: 'PropertyChange', name, op, val: val as Exclude<PropertyChange['val'], undefined> },
  )
}
