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
  const { order, shapes } = layoutOf(type)
  let shape = shapes
  let bits = 0
  for (let at = 0; at < order.length; at++) {
    if (isSet(members[order[at] as string])) bits |= 1 << (at % CHUNK)
    if (at % CHUNK !== CHUNK - 1) continue
    shape = nextShape(shape, bits)
    bits = 0
  }
  shape = nextShape(shape, bits)
  shape.make ??= makerOf(
    type,
    order.filter((name) => isSet(members[name])),
  )
  return Object.freeze(shape.make(members)) as unknown as DynamicData
}

/** A copy of `value` with some members changed; `undefined` unsets one. */
export function patch<T extends DynamicData>(value: T, changes: Partial<Omit<T, '_typeName'>>): T {
  // Where no member comes or goes, the copy has the shape of what it copies.
  if (Object.isFrozen(value) && Object.keys(changes).every((name) => keepsShape(value, changes, name)))
    return Object.freeze({ ...value, ...changes })
  return dataObject(value._typeName, { ...value, ...changes }) as T
}

function keepsShape(value: object, changes: object, name: string): boolean {
  return (
    Object.hasOwn(value, name) && name !== '_typeName' && isSet((changes as Record<string, unknown>)[name])
  )
}

/** Whether a member is written at all; an array that is gets frozen. */
function isSet(value: unknown): boolean {
  if (value === undefined || value === null) return false
  if (!Array.isArray(value)) return true
  if (value.length === 0) return false
  if (!Object.isFrozen(value)) Object.freeze(value)
  return true
}

type Maker = (members: Readonly<Record<string, unknown>>) => object

/** A node of the tree of the sets of members that objects of a type had so far: bits of members -> next node. */
interface Shape {
  make: Maker | undefined
  readonly next: Map<number, Shape>
}

/** Members per level of that tree: as many as fit into a small integer. */
const CHUNK = 30

function nextShape(shape: Shape, bits: number): Shape {
  let next = shape.next.get(bits)
  if (!next) {
    next = { make: undefined, next: new Map() }
    shape.next.set(bits, next)
  }
  return next
}

/**
 * A function that makes objects with exactly these members. Compiled, because only objects that come from a literal are
 * laid out flat: built member by member, an object of forty members is a hash table of six times the size. The names
 * are the schema's, never a client's.
 */
function makerOf(type: string, names: readonly string[]): Maker {
  const members = names.map((name) => `${JSON.stringify(name)}: members[${JSON.stringify(name)}]`)
  const literal = [`"_typeName": ${JSON.stringify(type)}`, ...members].join(', ')
  return new Function('members', `return { ${literal} }`) as Maker
}

const layouts = new Map<string, { readonly order: readonly string[]; readonly shapes: Shape }>()

function layoutOf(type: string) {
  let layout = layouts.get(type)
  if (!layout) {
    const definition = dataType(type)
    if (!definition) throw new Error(`${type} is not a vim25 data type.`)
    layout = {
      order: definition.properties.map((property) => property.name),
      shapes: { make: undefined, next: new Map() },
    }
    layouts.set(type, layout)
  }
  return layout
}
