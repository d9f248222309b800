import { arrayTypeName, boxed } from '../any.js'
import type { Property } from '../schema.js'
import { boxName } from './type-info.js'

/**
 * A value of a statically typed property as an Any slot holds it (rest-wire 3.3): primitives and enums boxed, arrays as
 * `ArrayOfX` (empty ones too), data objects and references as they are.
 */
export function toAny(value: unknown, property: Property): unknown {
  if (value === undefined || (property.kind === 'any' && !property.array)) return value
  if (property.array) return boxed(arrayTypeName(boxName(property)), value)
  return property.kind === 'primitive' || property.kind === 'enum' ? boxed(boxName(property), value) : value
}
