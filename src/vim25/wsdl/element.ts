import { arrayTypeName } from '../any.js'
import { knownDataType } from '../json/type-info.js'
import type { Property } from '../schema.js'

/** XML Schema's name of each primitive of the type tables. */
const XSD_TYPES: Readonly<Record<string, string>> = {
  string: 'xsd:string',
  boolean: 'xsd:boolean',
  byte: 'xsd:byte',
  short: 'xsd:short',
  int: 'xsd:int',
  long: 'xsd:long',
  float: 'xsd:float',
  double: 'xsd:double',
  dateTime: 'xsd:dateTime',
  binary: 'xsd:base64Binary',
  Any: 'xsd:anyType',
  // Names are strings on the wire.
  TypeName: 'xsd:string',
  MethodName: 'xsd:string',
  PropertyPath: 'xsd:string',
}

/** The qualified name of one value's type, at a release. */
export function qualifiedType({ kind, type }: Pick<Property, 'kind' | 'type'>, release: number): string {
  if (kind === 'reference') return 'vim25:ManagedObjectReference'
  if (kind === 'data') return `vim25:${knownDataType(type, release)}`
  if (kind === 'enum') return `vim25:${type}`
  const known = XSD_TYPES[type]
  if (known === undefined) throw new Error(`XML Schema has no type for '${type}'.`)
  return known
}

/** The name of an array element inside its box, and of the box: `string` in `ArrayOfString`. */
export function boxNames(qualified: string): { readonly item: string; readonly box: string } {
  const item = qualified.slice(qualified.indexOf(':') + 1)
  return { item, box: arrayTypeName(item) }
}

/** A field, parameter or result as an element declaration: how often it comes, and of which type. */
export function elementOf(property: Property, release: number): string {
  const least = property.optional ? ' minOccurs="0"' : ''
  const most = property.array ? ' maxOccurs="unbounded"' : ''
  return `<element name="${property.name}" type="${qualifiedType(property, release)}"${least}${most}/>`
}

/** Those of the properties that a release has. */
export const knownAt = (properties: readonly Property[], release: number): readonly Property[] =>
  properties.filter((property) => property.since <= release)
