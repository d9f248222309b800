import { dataType, enumType, type Property, subtypesOf } from '#vim25/schema.js'

/** A piece of an OpenAPI document. */
export type Json = Readonly<Record<string, unknown>>

/** Collects the component schemas that a document refers to. */
export interface Components {
  /** The schema of a property, parameter or result as it is on the wire. */
  slot(property: Property): Json
  /** All that was referred to, and what that refers to in turn, by name. */
  schemas(): Json
}

/**
 * A type with more subtypes than this is documented as an open object: MethodFault alone has 700, and a slot of that
 * type would pull all of them into the document. Their own pages tell the rest.
 */
const MOST_SUBTYPES = 50

export const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })

/** Component schemas for one release (an index into VERSIONS): what the release lacks does not occur. */
export function createComponents(release: number): Components {
  const schemas = new Map<string, Json>()
  const waiting = new Set<string>()

  const use = (name: string): Json => {
    if (!schemas.has(name)) waiting.add(name)
    return ref(name)
  }

  const element = (property: Property): Json => {
    switch (property.kind) {
      case 'primitive':
        return property.secret ? { type: 'string', format: 'password' } : primitiveSchema(property.type)
      case 'reference':
        // What stands beside a $ref is ignored in OpenAPI 3.0.
        return property.type === 'ManagedObject'
          ? use(REFERENCE)
          : { allOf: [use(REFERENCE)], description: `A reference to a ${property.type}.` }
      case 'any':
        return use(ANY)
      default:
        return use(property.type)
    }
  }

  const slot = (property: Property): Json =>
    property.array ? { type: 'array', items: element(property) } : element(property)

  const build = (name: string): Json => {
    const fixed = FIXED[name]
    if (fixed) return fixed
    const values = enumType(name)
    if (values)
      return {
        type: 'string',
        enum: values.values.filter((value) => (values.sinceOf(value) ?? Infinity) <= release),
      }
    return dataSchema(name)
  }

  const dataSchema = (name: string): Json => {
    const type = dataType(name)
    if (!type) throw new Error(`vim25 has no type ${name}.`)
    const below = subtypesBelow(name, release)
    if (below.length <= MOST_SUBTYPES) for (const subtype of below) use(subtype)
    const base = type.base === undefined || type.base === 'DynamicData' ? undefined : use(type.base)
    const own = (base ? type.own : type.properties).filter(({ since }) => since <= release)
    const required = own.filter(({ optional, array }) => !optional && !array).map((member) => member.name)
    const members: Json = {
      type: 'object',
      required: ['_typeName', ...required],
      properties: {
        _typeName: below.length > 0 ? { type: 'string' } : { type: 'string', enum: [name] },
        ...Object.fromEntries(own.map((member) => [member.name, slot(member)])),
      },
    }
    const shape: Json = base ? { allOf: [base, members] } : members
    if (below.length > 0) return { ...about(name, below), ...shape, ...discriminator(below) }
    return base ? shape : { ...shape, additionalProperties: false }
  }

  return {
    slot,
    schemas() {
      while (waiting.size > 0)
        for (const name of waiting) {
          waiting.delete(name)
          schemas.set(name, build(name))
        }
      return Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1)))
    },
  }
}

/** Names of all types below a data type that the release has. */
export function subtypesBelow(name: string, release: number): readonly string[] {
  return subtypesOf(name).filter((type) => type !== name && (dataType(type)?.since ?? Infinity) <= release)
}

function about(name: string, below: readonly string[]): Json {
  const some = below.length <= 12 ? below.join(', ') : `one of ${below.length} types`
  return {
    description: `A ${name} or a type below it: ${some}. \`_typeName\` says which, and must be sent.`,
    externalDocs: { url: `/docs/types/${name}`, description: `${name} and the types below it` },
  }
}

const discriminator = (below: readonly string[]): Json =>
  below.length <= MOST_SUBTYPES ? { discriminator: { propertyName: '_typeName' } } : {}

const REFERENCE = 'ManagedObjectReference'
const ANY = 'Any'

/** Schemas that no type table holds. */
const FIXED: Readonly<Record<string, Json>> = {
  [REFERENCE]: {
    type: 'object',
    description: 'Names a managed object: its id and its type.',
    required: ['_typeName', 'value', 'type'],
    properties: {
      _typeName: { type: 'string', enum: [REFERENCE] },
      value: { type: 'string', example: 'group-d1' },
      type: { type: 'string', example: 'Folder' },
    },
    additionalProperties: false,
  },
  [ANY]: {
    type: 'object',
    description:
      'Any value: a data object, a reference, or a box around a primitive, enum value or array, such as `{"_typeName":"string","_value":"x"}` or `{"_typeName":"ArrayOfString","_value":["x"]}`.',
    required: ['_typeName'],
    properties: { _typeName: { type: 'string' } },
  },
}

const integer = (minimum: number, maximum: number): Json => ({ type: 'integer', minimum, maximum })

const PRIMITIVES: Readonly<Record<string, Json>> = {
  boolean: { type: 'boolean' },
  byte: integer(-128, 127),
  short: integer(-32_768, 32_767),
  int: { type: 'integer', format: 'int32' },
  long: { type: 'integer', format: 'int64' },
  float: { type: 'number', format: 'float' },
  double: { type: 'number', format: 'double' },
  dateTime: { type: 'string', format: 'date-time' },
  binary: { type: 'string', format: 'byte' },
}

/** The names that are not listed are kinds of strings. */
const primitiveSchema = (type: string): Json => PRIMITIVES[type] ?? { type: 'string' }
