import type { DataTypes, DynamicData } from './generated/types.js'
import { type Layout, layoutOf } from './layout.js'
import { dataType } from './schema.js'

/** Members of a data object, without its type name; in any order. */
export type Members<K extends keyof DataTypes> = Omit<DataTypes[K], '_typeName'>

/**
 * A frozen data object as VI JSON writes it: `_typeName` first, then the members in WSDL order, base type first; unset
 * members and empty arrays are left out (rest-wire 3.3).
 */
export function data<K extends keyof DataTypes & string>(type: K, members: Members<K>): DataTypes[K] {
  return dataObject(type, members as Record<string, unknown>) as unknown as DataTypes[K]
}

/** `data` for a type name that is only known at run time; members that the type does not have are left out. */
export function dataObject(type: string, members: Readonly<Record<string, unknown>>): DynamicData {
  return Object.freeze(typeLayout(type)(members)) as unknown as DynamicData
}

/** A copy of `value` with some members changed, `undefined` unsets one; `value` itself where they are as they were. */
export function patch<T extends DynamicData>(value: T, changes: Partial<Omit<T, '_typeName'>>): T {
  // Where no member comes or goes, the copy has the shape of what it copies.
  const names = Object.keys(changes)
  const present = value as unknown as Record<string, unknown>
  const fresh = changes as Record<string, unknown>
  if (!Object.isFrozen(value) || !names.every((name) => keepsShape(present, fresh, name)))
    return dataObject(value._typeName, { ...value, ...changes }) as T
  if (names.every((name) => !(name in present) || Object.is(present[name], fresh[name]))) return value
  const copy: Record<string, unknown> = { ...present }
  // Quicker than a second spread, which goes through no cache.
  for (const name of names) if (name in copy) copy[name] = fresh[name]
  return Object.freeze(copy) as unknown as T
}

/** A member that is there stays there, one that is not there stays away. */
function keepsShape(present: object, fresh: Readonly<Record<string, unknown>>, name: string): boolean {
  return Object.hasOwn(present, name) === isSet(fresh[name]) && name !== '_typeName'
}

/** Whether a member is written at all; an array that is gets frozen. */
function isSet(value: unknown): boolean {
  if (value === undefined || value === null) return false
  if (!Array.isArray(value)) return true
  if (value.length === 0) return false
  if (!Object.isFrozen(value)) Object.freeze(value)
  return true
}

const layouts = new Map<string, Layout>()

function typeLayout(type: string): Layout {
  let layout = layouts.get(type)
  if (!layout) {
    const definition = dataType(type)
    if (!definition) throw new Error(`${type} is not a vim25 data type.`)
    const names = definition.properties.map((property) => property.name)
    layout = layoutOf(names, { _typeName: type }, isSet)
    layouts.set(type, layout)
  }
  return layout
}
