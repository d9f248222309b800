import { dataObject } from '../data.js'
import { dataType, enumType, isA, type Method, managedType, type Property, VERSIONS } from '../schema.js'
import { decodeAny } from './decode-any.js'
import { below, DEEPEST, type Place, pathOf } from './place.js'
import { expectedOf, normalDateTime } from './primitive.js'
import { invalid, invalidRequest, shown, unknownType } from './refusal.js'
import { isPolymorphic } from './type-info.js'

/**
 * The arguments of a method from the parsed body of a VI JSON call (rest-wire 3.2, 3.4), as state holds values: frozen,
 * typed, in schema order. Strict: what the release's schema does not have is refused.
 * `_typeName` at the root is tolerated (the method's name or `<Method>RequestType`).
 *
 * Throws InvalidArgument with the path of the wrong field, InvalidType for an unknown type, InvalidRequest for a body that
 * is not an object. Null is no value in vim25: unset fields are left out.
 */
export function decodeArguments(method: Method, body: unknown, release: number): Record<string, unknown> {
  if (!isObject(body))
    throw invalidRequest(
      `The body of ${method.name} must be one JSON object with its parameters, not ${shown(body)}.`,
    )
  const { _typeName: type } = body
  if (type !== undefined && type !== method.name && type !== `${method.name}RequestType`)
    throw invalidRequest(
      `The body of ${method.name} has the _typeName ${shown(type)}; leave it out or write "${method.name}RequestType".`,
    )
  const parameters = method.params.filter((parameter) => parameter.since <= release)
  refuseUnknown(
    body,
    undefined,
    (name) => parameters.some((parameter) => parameter.name === name),
    method.name,
  )
  const result: Record<string, unknown> = {}
  for (const parameter of parameters) {
    const place = below(undefined, parameter.name)
    if (Object.hasOwn(body, parameter.name))
      result[parameter.name] = decodeAt(body[parameter.name], parameter, place, release)
    else if (!parameter.optional) throw invalid(place, `${method.name} needs this parameter.`)
  }
  return Object.freeze(result) as Record<string, unknown>
}

/** One value of a property, as `decodeArguments` reads it; `where` is the beginning of the paths in its faults. */
export function decodeValue(value: unknown, property: Property, where: string, release: number): unknown {
  return decodeAt(value, property, below(undefined, where), release)
}

/** The same inside a larger value. */
export function decodeAt(value: unknown, property: Property, place: Place, release: number): unknown {
  if (place.depth > DEEPEST)
    throw invalidRequest(
      `The body is nested deeper than ${DEEPEST} levels, at ${pathOf(place).slice(0, 200)}…`,
    )
  if (value === null || value === undefined)
    throw invalid(place, 'null is not a value; leave the field out to leave it unset.')
  if (!property.array) return decodeOne(value, property, place, release)
  if (!Array.isArray(value)) throw invalid(place, `Expected an array, found ${found(value, property)}.`)
  const element = elementOf(property)
  return Object.freeze(value.map((item, index) => decodeAt(item, element, below(place, index), release)))
}

/** One element of an array property. */
function elementOf(property: Property): Property {
  let element = elements.get(property)
  if (!element) {
    element = { ...property, array: false }
    elements.set(property, element)
  }
  return element
}

const elements = new WeakMap<Property, Property>()

function decodeOne(value: unknown, property: Property, place: Place, release: number): unknown {
  switch (property.kind) {
    case 'primitive':
      return decodePrimitive(value, property, place)
    case 'enum':
      return decodeEnum(value, property, place, release)
    case 'reference':
      return decodeReference(value, property, place, release)
    case 'data':
      return decodeData(value, property.type, place, release)
    case 'any':
      return decodeAny(value, place, release)
  }
}

function decodePrimitive(value: unknown, property: Property, place: Place): unknown {
  const expected = expectedOf(property.type, value)
  if (expected) throw invalid(place, `Expected ${expected}, found ${found(value, property)}.`)
  if (property.type === 'dateTime') return normalDateTime(String(value))
  if (typeof value !== 'bigint' || property.type === 'long') return value
  return Number(value)
}

/** Passwords do not belong into messages, which are logged. */
const found = (value: unknown, { secret }: Property) =>
  secret && typeof value !== 'object' ? `a ${typeof value}` : shown(value)

function decodeEnum(value: unknown, { type }: Property, place: Place, release: number): unknown {
  const definition = enumType(type)
  const since = typeof value === 'string' ? definition?.sinceOf(value) : undefined
  if (since !== undefined && since <= release) return value
  const known = definition?.values.filter((each) => (definition.sinceOf(each) ?? 0) <= release) ?? []
  throw invalid(place, `Expected a ${type} (${known.join(', ')}), found ${shown(value)}.`)
}

/** A reference to a managed object of the declared type or a type below it; its three members are all required. */
export function decodeReference(value: unknown, declared: Property, place: Place, release: number): unknown {
  if (!isObject(value))
    throw invalid(
      place,
      `Expected a reference to a ${declared.type}, ${example(declared)}, found ${shown(value)}.`,
    )
  if (value._typeName !== 'ManagedObjectReference')
    throw invalid(
      below(place, '_typeName'),
      `A reference says what it is: ${example(declared)}; found ${shown(value._typeName ?? null)}.`,
    )
  refuseUnknown(value, place, (name) => name === 'type' || name === 'value', 'ManagedObjectReference')
  const { type, value: id } = value
  if (typeof id !== 'string' || id === '')
    throw invalid(below(place, 'value'), `Expected the id of a managed object, found ${shown(id ?? null)}.`)
  if (typeof type !== 'string')
    throw invalid(
      below(place, 'type'),
      `Expected the type of a managed object, found ${shown(type ?? null)}.`,
    )
  if (type !== 'ManagedObject' && (managedType(type)?.since ?? Number.POSITIVE_INFINITY) > release)
    throw unknownType(below(place, 'type'), type, releaseName(release))
  if (!isA(type, declared.type))
    throw invalid(below(place, 'type'), `Expected a ${declared.type} or a type below it, found ${type}.`)
  return Object.freeze({ _typeName: 'ManagedObjectReference', value: id, type })
}

function example({ type }: Property): string {
  const shownType = type === 'ManagedObject' ? 'VirtualMachine' : type
  return `{"_typeName":"ManagedObjectReference","type":"${shownType}","value":"..."}`
}

/** A data object of the declared type or a type below it; only a type with none below it may go without `_typeName`. */
export function decodeData(value: unknown, declared: string, place: Place, release: number): unknown {
  if (!isObject(value)) throw invalid(place, `Expected a ${declared} object, found ${shown(value)}.`)
  const type = runtimeType(value, declared, place, release)
  refuseUnknown(
    value,
    place,
    (name) => (type.byName.get(name)?.since ?? Number.POSITIVE_INFINITY) <= release,
    type.name,
  )
  const members: Record<string, unknown> = {}
  const empty: string[] = []
  for (const property of type.properties) {
    if (property.since > release) continue
    if (Object.hasOwn(value, property.name)) {
      const member = decodeAt(value[property.name], property, below(place, property.name), release)
      members[property.name] = member
    } else if (!property.optional && !property.array)
      throw invalid(below(place, property.name), `A ${type.name} needs this field.`)
    if (property.array && !property.optional) empty.push(property.name)
  }
  return withRequiredArrays(dataObject(type.name, members), empty)
}

/** A required array that is empty does not appear on the wire (rest-wire 3.3), but whoever reads the value expects it. */
function withRequiredArrays(value: object, arrays: readonly string[]): object {
  const missing = arrays.filter((name) => !Object.hasOwn(value, name))
  if (missing.length === 0) return value
  const members: Record<string, unknown> = { ...value }
  for (const name of missing) members[name] = NONE
  const names = dataType(String(members._typeName))?.byName.keys() ?? []
  return Object.freeze(inFieldOrder(members, ['_typeName', ...names]))
}

/** The members that are there, in the order of the names. */
export function inFieldOrder(
  members: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  const ordered: Record<string, unknown> = {}
  for (const name of names) if (Object.hasOwn(members, name)) ordered[name] = members[name]
  return ordered
}

const NONE: readonly never[] = Object.freeze([])

function runtimeType(value: Record<string, unknown>, declared: string, place: Place, release: number) {
  const name = value._typeName ?? (isPolymorphic(declared) ? undefined : declared)
  const at = below(place, '_typeName')
  if (name === undefined)
    throw invalid(
      at,
      `A ${declared} comes in several types: say which one, for example "_typeName": "${declared}".`,
    )
  if (typeof name !== 'string') throw invalid(at, `Expected the name of a type, found ${shown(name)}.`)
  const type = dataType(name)
  if (!type || type.since > release) throw unknownType(at, name, releaseName(release))
  if (!isA(name, declared)) throw invalid(at, `Expected a ${declared} or a type below it, found ${name}.`)
  return type
}

function refuseUnknown(
  value: Record<string, unknown>,
  place: Place | undefined,
  isKnown: (name: string) => boolean,
  owner: string,
): void {
  for (const name of Object.keys(value))
    if (name !== '_typeName' && !isKnown(name))
      throw invalid(below(place, name.slice(0, 100)), `${owner} has no such field in the requested release.`)
}

const releaseName = (release: number) => VERSIONS[release] ?? String(release)

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
