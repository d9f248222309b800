import { attribute, type XmlElement } from '#xml/element.js'
import { dataObject } from '../data.js'
import { inFieldOrder } from '../json/decode.js'
import { type DataType, dataType, enumType, isA, type Method, managedType, type Property } from '../schema.js'
import { decodeAny } from './decode-any.js'
import { arrayBoxName, REFERENCE, VIM, XSI } from './names.js'
import { isLike, primitiveNamed, primitiveOf } from './primitive.js'
import { refused, shown, type Trail, within } from './refusal.js'
import { typeOf } from './type-of.js'

/**
 * The arguments of a method from the element of its call, as state holds values: frozen, typed, in the order of the
 * schema. `_this` is the first child and was read before. Strict: unknown elements and missing required ones are refused;
 * the order of the others does not matter (deviation 78), unknown attributes pass.
 *
 * Throws InvalidRequest with the trail to what is wrong (soap-wire 8.2).
 */
export function decodeParameters(
  method: Method,
  call: XmlElement,
  release: number,
  trail: Trail,
): Record<string, unknown> {
  const known = (name: string) =>
    method.params.find((parameter) => parameter.name === name && parameter.since <= release)
  const read = membersOf(call.children.slice(1), known, release, trail)
  for (const { name, optional, array, since } of method.params) {
    if (optional || since > release || Object.hasOwn(read, name)) continue
    if (!array) throw refused(`Required parameter ${name} is missing`, trail)
    read[name] = NONE
  }
  return Object.freeze(inFieldOrder(read, method.params.map(nameOf)))
}

const nameOf = ({ name }: Property) => name

const NONE: readonly never[] = Object.freeze([])

/** The members that the elements stand for; `undefined` from `propertyOf` for a name that is not known here. */
function membersOf(
  elements: readonly XmlElement[],
  propertyOf: (name: string) => Property | undefined,
  release: number,
  trail: Trail,
  inside: (property: Property) => Trail = () => trail,
): Record<string, unknown> {
  const members: Record<string, unknown> = {}
  for (const element of elements) {
    const { name } = element
    const property = element.namespace === VIM ? propertyOf(name) : undefined
    const before = Object.hasOwn(members, name) ? members[name] : undefined
    if (!property || (before !== undefined && !property.array))
      throw refused(`Unexpected element tag "${shown(name)}" seen`, trail)
    if (isNil(element)) continue
    const value = decodeOne(element, property, release, inside(property))
    if (!property.array) members[name] = value
    else if (before === undefined) members[name] = [value]
    else (before as unknown[]).push(value)
  }
  for (const value of Object.values(members)) if (Array.isArray(value)) Object.freeze(value)
  return members
}

const isNil = (element: XmlElement) => {
  const nil = attribute(element, 'nil', XSI)
  return nil === 'true' || nil === '1'
}

/** The value of one element of a property; of an array, one item. */
export function decodeOne(element: XmlElement, property: Property, release: number, trail: Trail): unknown {
  switch (property.kind) {
    case 'primitive':
      return decodePrimitive(element, property, trail)
    case 'enum':
      return decodeEnum(element, property.type, release, trail)
    case 'reference':
      return decodeReference(element, property.type, release, trail)
    case 'data':
      return decodeData(element, property.type, release, trail)
    case 'any':
      return decodeAny(element, release, trail)
  }
}

function decodePrimitive(element: XmlElement, { type, secret }: Property, trail: Trail): unknown {
  const text = textOf(element, trail)
  const said = typeOf(element, trail)
  const named = said?.xsd ? primitiveNamed(said.name, text) : undefined
  if (said && !(named && isLike(named, type))) throw wrongType(said.text, trail)
  const value = primitiveOf(type, text)
  if (value !== undefined) return value
  // Passwords do not belong into messages, which are logged.
  throw refused(
    `${secret ? 'The value' : `"${shown(text)}"`} is no valid ${type}`,
    within(trail, `while parsing element <${element.name}>`, element),
  )
}

export function decodeEnum(element: XmlElement, type: string, release: number, trail: Trail): string {
  const text = textOf(element, trail).trim()
  const said = typeOf(element, trail)
  if (said && !(said.xsd ? said.name === 'string' : said.name === type)) throw wrongType(said.text, trail)
  const since = enumType(type)?.sinceOf(text)
  if (since !== undefined && since <= release) return text
  throw refused(
    `"${shown(text)}" is no valid ${type}`,
    within(trail, `while parsing element <${element.name}>`, element),
  )
}

/** A reference to a managed object of the declared type or a type below it. */
export function decodeReference(
  element: XmlElement,
  declared: string,
  release: number,
  trail: Trail,
): unknown {
  const id = textOf(element, trail).trim()
  const said = typeOf(element, trail)
  if (said && (said.xsd || said.name !== REFERENCE)) throw wrongType(said.text, trail)
  const here = within(trail, `while parsing MoRef for ManagedObject of type ${vmodlName(declared)}`, element)
  const type = attribute(element, 'type')
  if (type === undefined) throw refused('Required attribute "type" is missing', here)
  const known = type === 'ManagedObject' || (managedType(type)?.since ?? Number.POSITIVE_INFINITY) <= release
  if (!known || !isA(type, declared))
    throw refused(`Error processing attribute "type" with value "${shown(type)}"`, here)
  if (id === '') throw refused('The id of the managed object is missing', here)
  return Object.freeze({ _typeName: REFERENCE, value: id, type })
}

/** `vim.VirtualMachine`, as trails name types. */
const vmodlName = (type: string) => managedType(type)?.vmodl ?? `vmodl.${type}`

/** A data object of the declared type, or of one below it that xsi:type names. */
export function decodeData(element: XmlElement, declared: string, release: number, trail: Trail): object {
  const said = typeOf(element, trail)
  const type = said?.xsd ? undefined : dataType(said?.name ?? declared)
  if (!type || type.since > release || !isA(type.name, declared))
    throw wrongType(said?.text ?? declared, trail)
  const here = within(trail, `while parsing serialized DataObject of type ${type.vmodl}`, element)
  noText(element, here)
  const members = membersOf(
    element.children,
    (name) => {
      const property = type.byName.get(name)
      return property && property.since <= release ? property : undefined
    },
    release,
    here,
    (property) =>
      within(here, `while parsing property "${property.name}" of static type ${staticType(property)}`),
  )
  return complete(type, members, release, here)
}

/** The data object, once nothing is missing. A required array that is empty has no elements. */
function complete(type: DataType, members: Record<string, unknown>, release: number, trail: Trail): object {
  let emptyArrays = false
  for (const { name, optional, array, since } of type.properties) {
    if (optional || since > release || Object.hasOwn(members, name)) continue
    if (!array)
      throw refused(`Required property ${name} is missing from data object of type ${type.name}`, trail)
    members[name] = NONE
    emptyArrays = true
  }
  if (!emptyArrays) return dataObject(type.name, members)
  members._typeName = type.name
  return Object.freeze(inFieldOrder(members, ['_typeName', ...type.byName.keys()]))
}

const staticType = (property: Property) =>
  property.array ? arrayBoxName(property) : property.kind === 'reference' ? property.type : property.type

/** The fault for an xsi:type that cannot stand here. */
export const wrongType = (said: string, trail: Trail) =>
  refused(`Error processing attribute "xsi:type" with value "${shown(said)}"`, trail)

/** The text of an element that has nothing else in it. */
export function textOf(element: XmlElement, trail: Trail): string {
  const [child] = element.children
  if (child) throw refused(`Unexpected element tag "${shown(child.name)}" seen`, trail)
  return element.text
}

/** Between the elements of a data object there is nothing but space. */
export function noText(element: XmlElement, trail: Trail): void {
  const text = element.text.trim()
  if (text !== '') throw refused(`Unexpected text "${shown(text)}" seen in <${shown(element.name)}>`, trail)
}
