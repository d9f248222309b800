import type { DataTypes, DynamicData } from './generated/types.js'
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
  const result: Record<string, unknown> = { _typeName: type }
  for (const name of memberOrder(type)) {
    const value = members[name]
    if (value === undefined || value === null) continue
    if (Array.isArray(value)) {
      if (value.length === 0) continue
      if (!Object.isFrozen(value)) Object.freeze(value)
    }
    result[name] = value
  }
  return Object.freeze(result) as unknown as DynamicData
}

/** A copy of `value` with some members changed; `undefined` unsets one. */
export function patch<T extends DynamicData>(value: T, changes: Partial<Omit<T, '_typeName'>>): T {
  return dataObject(value._typeName, { ...value, ...changes }) as T
}

const orders = new Map<string, readonly string[]>()

function memberOrder(type: string): readonly string[] {
  let order = orders.get(type)
  if (!order) {
    const definition = dataType(type)
    if (!definition) throw new Error(`${type} is not a vim25 data type.`)
    order = definition.properties.map((property) => property.name)
    orders.set(type, order)
  }
  return order
}
