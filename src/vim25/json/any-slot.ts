import { arrayTypeName, boxed } from '../any.js'
import type { Property } from '../schema.js'

/** Names of primitives inside boxes where they differ from the schema's (rest-wire 3.3). */
const BOX_NAMES: Readonly<Record<string, string>> = {
  PropertyPath: 'PropPath',
  TypeName: 'TypeName',
  MethodName: 'MethodName',
  Any: 'AnyType',
}

/**
 * A value of a statically typed property as an Any slot holds it (rest-wire 3.3): primitives and enums boxed, arrays as
 * `ArrayOfX` (empty ones too), data objects and references as they are.
 */
export function toAny(value: unknown, property: Property): unknown {
  if (value === undefined || property.kind === 'any') return value
  const name =
    property.kind === 'reference' ? 'ManagedObjectReference' : (BOX_NAMES[property.type] ?? property.type)
  if (property.array) return boxed(arrayTypeName(name), value)
  return property.kind === 'primitive' || property.kind === 'enum' ? boxed(name, value) : value
}
