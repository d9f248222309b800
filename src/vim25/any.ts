import type { Boxed } from './generated/types.js'

/**
 * Values of `Any` slots as VI JSON writes them (rest-wire 3.3): data objects inline, primitives, enums and arrays boxed
 * as `{_typeName, _value}`. Stored boxed, so that every door knows the type.
 */
export function boxed(type: string, value: unknown): Boxed {
  return Object.freeze({ _typeName: type, _value: value })
}

export const boxedString = (value: string): Boxed => boxed('string', value)
export const boxedInt = (value: number): Boxed => boxed('int', value)
export const boxedLong = (value: number | bigint): Boxed => boxed('long', value)
export const boxedBoolean = (value: boolean): Boxed => boxed('boolean', value)

/** The plain value of an Any slot: a box's content, or the data object itself. */
export function unboxed(value: unknown): unknown {
  return typeof value === 'object' && value !== null && '_value' in value ? value._value : value
}

/** The name of the box around an array of this element type: ArrayOfString, ArrayOfVirtualDevice ... */
export function arrayTypeName(element: string): string {
  return `ArrayOf${element.charAt(0).toUpperCase()}${element.slice(1)}`
}
