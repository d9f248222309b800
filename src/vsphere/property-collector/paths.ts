import { fault } from '#vim25/fault.js'
import { dataType, managedType, type Property, subtypesOf } from '#vim25/schema.js'

/**
 * A property path of a client, `config.hardware.device[4000].backing.fileName`, checked against the schema: members by
 * dots, an element of an array by the value of its `key` in brackets (integers bare, strings in double quotes). A path
 * that crosses an array without a key, or a reference, is InvalidProperty (soap-wire 5.1).
 */
export interface PropertyPath {
  readonly text: string
  /** The managed object's property. */
  readonly head: Property
  /** What comes after it. */
  readonly steps: readonly Step[]
  /** The static type of the end; an element of an array is no array. */
  readonly end: Property
  /** Set when subtypes have the last member with different types: the value's own type decides. */
  readonly loose: boolean
}

export interface Step {
  readonly name: string
  /** True: `name` is the key of an element; else it is a member. */
  readonly key: boolean
}

/** More paths than this come from a client that makes them up. */
const REMEMBERED = 4096
const compiled = new Map<string, PropertyPath>()

/** The path on a managed type as a client of this release may ask for it; throws InvalidProperty. */
export function compilePath(type: string, text: string, release: number): PropertyPath {
  const id = `${release} ${type} ${text}`
  let found = compiled.get(id)
  if (!found) {
    found = compile(type, text, release)
    if (compiled.size >= REMEMBERED) compiled.clear()
    compiled.set(id, found)
  }
  return found
}

function compile(type: string, text: string, release: number): PropertyPath {
  const invalid = () => fault('InvalidProperty', { name: text })
  const [first, ...steps] = parse(text) ?? []
  const head = first && managedType(type)?.byName.get(first.name)
  if (!head || head.since > release) throw invalid()
  let ends: readonly Property[] = [head]
  for (const { name, key } of steps) {
    ends = distinct(ends.flatMap((end) => (key ? elements(end) : members(end, name, release))))
    if (ends.length === 0) throw invalid()
  }
  const [end] = ends
  if (!end) throw invalid()
  return Object.freeze({ text, head, steps, end, loose: ends.length > 1 })
}

const SEGMENT = /([A-Za-z_]\w*)(?:\[(?:"([^"]*)"|([^\]"]+))\])?(\.|$)/y

function parse(text: string): readonly Step[] | undefined {
  const steps: Step[] = []
  SEGMENT.lastIndex = 0
  for (;;) {
    const match = SEGMENT.exec(text)
    if (!match) return undefined
    const [, name = '', quoted, bare, dot] = match
    steps.push({ name, key: false })
    const key = quoted ?? bare
    if (key !== undefined) steps.push({ name: key, key: true })
    if (dot === '') return steps
  }
}

/** The element type of an array whose elements have keys. */
function elements(array: Property): readonly Property[] {
  return array.array && array.kind === 'data' && keyOf(array.type) ? [{ ...array, array: false }] : []
}

/** The member on the static type, else on those of its subtypes that have it. */
function members(of: Property, name: string, release: number): readonly Property[] {
  if (of.array || of.kind !== 'data') return []
  const own = dataType(of.type)?.byName.get(name)
  const found = own ? [own] : subtypesOf(of.type).map((type) => dataType(type)?.byName.get(name))
  return found.filter((property): property is Property => property !== undefined && property.since <= release)
}

function distinct(properties: readonly Property[]): readonly Property[] {
  const byType = new Map<string, Property>()
  for (const property of properties) {
    const id = `${property.type} ${property.array}`
    if (!byType.has(id)) byType.set(id, property)
  }
  return [...byType.values()]
}

/** The `key` member by which elements of arrays of this data type are told apart, if it has one. */
export function keyOf(type: string): Property | undefined {
  const key = dataType(type)?.byName.get('key')
  return key && !key.array && key.kind === 'primitive' ? key : undefined
}

/** The value below the head property's value; undefined when it, or anything on the way, is unset. */
export function valueAt(head: unknown, path: PropertyPath): unknown {
  return walk(head, path.steps, path.steps.length)
}

/** The value of what contains the path's end: the data object, or for an element the array. */
export function containerAt(head: unknown, path: PropertyPath): unknown {
  return walk(head, path.steps, path.steps.length - 1)
}

function walk(head: unknown, steps: readonly Step[], count: number): unknown {
  let here = head
  for (let i = 0; i < count; i++) {
    if (here === undefined || here === null) return undefined
    const { name, key } = steps[i] as Step
    if (!key) here = (here as Record<string, unknown>)[name]
    else here = Array.isArray(here) ? here.find((element) => String(element?.key) === name) : undefined
  }
  return here ?? undefined
}

/** The static type of the path's end in this object. */
export function typeAt(head: unknown, path: PropertyPath): Property {
  if (!path.loose) return path.end
  const last = path.steps.at(-1) as Step
  const owner = walk(head, path.steps, path.steps.length - (last.key ? 2 : 1)) as
    | { _typeName?: string }
    | undefined
  const name = last.key ? (path.steps.at(-2) as Step).name : last.name
  const found = dataType(owner?._typeName ?? '')?.byName.get(name)
  if (!found) return path.end
  return last.key ? { ...found, array: false } : found
}
