import { arrayTypeName } from '../any.js'
import { dataType, enumType, managedType, type Property, subtypesOf } from '../schema.js'
import { isPrimitive } from './primitive.js'

/**
 * Names of primitives inside boxes where they differ from the schema's (rest-wire 3.3). Names of types and methods are
 * strings there: the recorded `childType` and `disabledMethod` of a folder are each an ArrayOfString.
 */
const BOX_NAMES: Readonly<Record<string, string>> = {
  PropertyPath: 'PropPath',
  TypeName: 'string',
  MethodName: 'string',
  Any: 'AnyType',
}
const SCHEMA_NAMES: Readonly<Record<string, string>> = { PropPath: 'PropertyPath', AnyType: 'Any' }

/** The name that a box around one value of this property has. */
export function boxName(property: Property): string {
  return property.kind === 'reference'
    ? 'ManagedObjectReference'
    : (BOX_NAMES[property.type] ?? property.type)
}

const ANY_ELEMENT = slot('Any', 'any')

/** Reads the name of a box: what it holds, as a property; undefined for a name that no box has. */
export function boxContent(name: string): Property | undefined {
  const known = contents.get(name)
  if (known) return known
  const found = name.startsWith('ArrayOf') ? arrayContent(name) : scalar(name)
  if (found) contents.set(name, found)
  return found
}

const contents = new Map<string, Property>()

function scalar(name: string): Property | undefined {
  const type = Object.hasOwn(SCHEMA_NAMES, name) ? (SCHEMA_NAMES[name] ?? name) : name
  if (isPrimitive(type))
    return name === boxName(slot(type, 'primitive')) ? slot(type, 'primitive') : undefined
  return enumType(type) ? slot(type, 'enum') : undefined
}

function arrayContent(name: string): Property | undefined {
  const element = name.slice('ArrayOf'.length)
  // The box of strings is ArrayOfString: the first letter of the element's name may be small.
  for (const candidate of [element, element.charAt(0).toLowerCase() + element.slice(1)]) {
    const found = elementOf(candidate)
    if (found && arrayTypeName(boxName(found)) === name) return { ...found, array: true }
  }
  return undefined
}

function elementOf(name: string): Property | undefined {
  if (name === 'AnyType') return ANY_ELEMENT
  if (name === 'ManagedObjectReference') return slot('ManagedObject', 'reference')
  return scalar(name) ?? (dataType(name) ? slot(name, 'data') : undefined)
}

function slot(type: string, kind: Property['kind']): Property {
  return { name: '', type, kind, array: false, optional: false, link: false, secret: false, since: 0 }
}

/** True when a value of this declared type may be of another: only then must a client say which. */
export function isPolymorphic(type: string): boolean {
  return subtypesOf(type).length > 1
}

/** The data type itself if the release has it, else its nearest base that it has. */
export function knownDataType(name: string, release: number): string {
  let type = dataType(name)
  while (type && type.since > release && type.base) type = dataType(type.base)
  return type?.name ?? name
}

/** The same for managed types; what has no base that the release has is a ManagedObject. */
export function knownManagedType(name: string, release: number): string {
  let type = managedType(name)
  if (!type) return name
  while (type && type.since > release) type = type.base ? managedType(type.base) : undefined
  return type?.name ?? 'ManagedObject'
}
