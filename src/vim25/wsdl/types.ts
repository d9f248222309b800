import {
  type DataType,
  dataType,
  type EnumType,
  enumType,
  managedType,
  type Property,
  typeNames,
} from '../schema.js'
import { boxNames, elementOf, knownAt, qualifiedType } from './element.js'

/** Which of the schema documents a type stands in; the real ones are split by VMODL package. */
export type Part = 'core' | 'query' | 'vim' | 'reflect'

const PARTS: readonly (readonly [prefix: string, Part])[] = [
  ['vmodl.query.', 'query'],
  ['vmodl.reflect.', 'reflect'],
  ['vmodl.', 'core'],
]

export const partOf = (vmodl: string): Part =>
  PARTS.find(([prefix]) => vmodl.startsWith(prefix))?.[1] ?? 'vim'

/** Declarations of all types of a part that a release has, boxes of arrays after their elements. */
export function typeDeclarations(part: Part, release: number): readonly string[] {
  const boxes = boxedTypes(release)
  const declared = [...names(part, release)]
    .sort()
    .flatMap((name) => [
      declaration(name, release),
      ...(boxes.has(`vim25:${name}`) ? [boxDeclaration(`vim25:${name}`)] : []),
    ])
  return part === 'core' ? [...declared, ...REFERENCE, ...BUILT_IN_BOXES.map(boxDeclaration)] : declared
}

const REFERENCE = [
  '<complexType name="ManagedObjectReference"><simpleContent><extension base="xsd:string"><attribute name="type" type="xsd:string"/><attribute name="serverGuid" type="xsd:string" use="optional"/></extension></simpleContent></complexType>',
  boxDeclaration('vim25:ManagedObjectReference'),
]

const BUILT_IN_BOXES = [
  'xsd:anyURI',
  'xsd:boolean',
  'xsd:byte',
  'xsd:short',
  'xsd:int',
  'xsd:long',
  'xsd:float',
  'xsd:double',
  'xsd:string',
  'xsd:dateTime',
  'xsd:base64Binary',
  'xsd:anyType',
]

function names(part: Part, release: number): readonly string[] {
  const here = (type: DataType | EnumType | undefined) =>
    type !== undefined && type.since <= release && partOf(type.vmodl) === part
  return [
    ...typeNames('data').filter((name) => here(dataType(name))),
    ...typeNames('enum').filter((name) => here(enumType(name))),
  ]
}

function declaration(name: string, release: number): string {
  const structure = dataType(name)
  if (structure) return complexType(structure, release)
  const enumeration = enumType(name)
  if (enumeration) return simpleType(enumeration, release)
  throw new Error(`The schema has no type '${name}'.`)
}

function complexType(type: DataType, release: number): string {
  const own = knownAt(type.own, release).map((field) => elementOf(field, release))
  const sequence = `<sequence>${own.join('')}</sequence>`
  const content =
    type.base === undefined
      ? sequence
      : `<complexContent><extension base="vim25:${type.base}">${sequence}</extension></complexContent>`
  return `<complexType name="${type.name}">${content}</complexType>`
}

function simpleType(type: EnumType, release: number): string {
  const values = type.values
    .filter((value) => (type.sinceOf(value) ?? 0) <= release)
    .map((value) => `<enumeration value="${value}"/>`)
  return `<simpleType name="${type.name}"><restriction base="xsd:string">${values.join('')}</restriction></simpleType>`
}

/** The box of an array in an anyType slot. */
function boxDeclaration(type: string): string {
  const { item, box } = boxNames(type)
  return `<complexType name="${box}"><sequence><element name="${item}" type="${type}" minOccurs="0" maxOccurs="unbounded"/></sequence></complexType>`
}

/** Every type of which a field, parameter, result or property of the release is an array. */
function boxedTypes(release: number): ReadonlySet<string> {
  const found = new Set<string>()
  const add = (properties: readonly Property[]) => {
    for (const property of knownAt(properties, release))
      if (property.array) found.add(qualifiedType(property, release))
  }
  for (const name of typeNames('data')) add(dataType(name)?.own ?? [])
  for (const name of typeNames('managed')) {
    const type = managedType(name)
    add(type?.own ?? [])
    for (const method of type?.methods.values() ?? []) add([...method.params, ...results(method)])
  }
  return found
}

const results = ({
  result,
  taskResult,
}: {
  result: Property | undefined
  taskResult: Property | undefined
}) => [result, taskResult].filter((each) => each !== undefined)
