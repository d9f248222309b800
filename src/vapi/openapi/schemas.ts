import { known } from '../known.js'
import { RELEASES } from '../schema.js'
import type { Enumeration, Field, ScalarKind, Structure, Type, Union } from '../types.js'
import type { TypeOverlay } from './overlay.js'

/** A piece of an OpenAPI document. */
export type Json = Readonly<Record<string, unknown>>

/** Makes schemas for one release and collects what they refer to. */
export interface Schemas {
  /** Index into RELEASES; what is newer does not occur. */
  readonly release: number
  of(type: Type): Json
  /** A field or parameter: its type, and since when it is there if that is later than `since`. */
  field(field: Field, since: number, description?: string): Json
  /** An object of fields. */
  object(fields: readonly Field[], since: number, text?: TypeOverlay): Json
  /** Schemas of all that was referred to, and of what that refers to in turn, by name. */
  components(): Json
}

/** `vcenter.VM.create_spec`: no name begins otherwise, so what all have in common is left out. */
export const schemaName = (name: string): string => name.replace(/^com\.vmware\./, '')

const SCALARS: Readonly<Record<ScalarKind, Json>> = {
  void: {},
  boolean: { type: 'boolean' },
  long: { type: 'integer', format: 'int64' },
  double: { type: 'number', format: 'double' },
  string: { type: 'string' },
  secret: { type: 'string', format: 'password' },
  binary: { type: 'string', format: 'byte' },
  dateTime: { type: 'string', format: 'date-time' },
  uri: { type: 'string', format: 'uri' },
  opaque: {},
  anyError: { type: 'object' },
}

/** `x-vmware-since` where it says more than the owner's, and what became of a thing since. */
export function history(item: { since: number; deprecated?: number }, owner: number, release: number): Json {
  const { since, deprecated } = item
  return {
    ...(since > owner ? { 'x-vmware-since': RELEASES[since] } : {}),
    ...(deprecated !== undefined && deprecated <= release ? { deprecated: true } : {}),
  }
}

export function createSchemas(release: number, texts: Readonly<Record<string, TypeOverlay>> = {}): Schemas {
  const done = new Map<string, Json>()
  const waiting = new Map<string, () => Json>()

  const use = (name: string, build: () => Json): Json => {
    if (!done.has(name)) waiting.set(name, build)
    return { $ref: `#/components/schemas/${schemaName(name)}` }
  }

  const of = (type: Type): Json => {
    switch (type.kind) {
      case 'id':
        return { type: 'string', ...resources(type) }
      case 'enum':
        return use(type.name, () => enumSchema(known.enumeration(type.name), release, texts[type.name]))
      case 'structure':
        return use(type.name, () => structureSchema(known.structure(type.name)))
      case 'dynamic':
        return { type: 'object', required: ['@class'], properties: { '@class': { type: 'string' } } }
      case 'optional':
        return of(type.of)
      case 'list':
        return { type: 'array', items: of(type.of) }
      case 'set':
        return { type: 'array', uniqueItems: true, items: of(type.of) }
      case 'map':
        return {
          type: 'object',
          ...(type.key.kind === 'enum' ? { propertyNames: of(type.key) } : {}),
          additionalProperties: of(type.value),
        }
      default:
        return SCALARS[type.kind]
    }
  }

  const field: Schemas['field'] = (each, since, description) => ({
    ...of(each.type),
    ...(description === undefined ? {} : { description }),
    ...history(each, since, release),
  })

  const object: Schemas['object'] = (fields, since, text) => {
    const own = fields.filter((each) => each.since <= release)
    const required = own.filter(({ optional }) => !optional).map(({ name }) => name)
    return {
      type: 'object',
      ...(required.length === 0 ? {} : { required }),
      properties: Object.fromEntries(
        own.map((each) => [each.name, field(each, since, text?.members?.[each.name])]),
      ),
      additionalProperties: false,
    }
  }

  const structureSchema = (structure: Structure): Json => {
    const text = texts[structure.name]
    const unions = structure.unions.map((union) => unionText(union, structure, release))
    return {
      ...described(text?.description),
      ...object(structure.fields, structure.since, text),
      ...(unions.length === 0 ? {} : { 'x-vmware-unions': unions }),
      ...history(structure, 0, release),
    }
  }

  return {
    release,
    of,
    field,
    object,
    components() {
      while (waiting.size > 0)
        for (const [name, build] of waiting) {
          waiting.delete(name)
          done.set(name, {})
          done.set(name, build())
        }
      return Object.fromEntries([...done].sort(byName).map(([name, schema]) => [schemaName(name), schema]))
    },
  }
}

const byName = ([a]: readonly [string, Json], [b]: readonly [string, Json]) => (a < b ? -1 : a > b ? 1 : 0)

const described = (description: string | undefined): Json =>
  description === undefined ? {} : { description }

function resources({ resources: types, typeField }: Extract<Type, { kind: 'id' }>): Json {
  if (typeField !== undefined) return { 'x-vmware-resource-in': typeField }
  return types.length === 0 ? {} : { 'x-vmware-resource': types.join(' or ') }
}

function enumSchema(enumeration: Enumeration, release: number, text: TypeOverlay | undefined): Json {
  const values = enumeration.values.filter(({ since }) => since <= release)
  const later = values.filter(({ since }) => since > enumeration.since)
  const told = values.filter(({ name }) => text?.members?.[name] !== undefined)
  const list = told.map(({ name }) => `- \`${name}\`: ${text?.members?.[name]}`).join('\n')
  const description = [text?.description, list || undefined].filter((part) => part !== undefined).join('\n\n')
  return {
    ...(description === '' ? {} : { description }),
    type: 'string',
    enum: values.map(({ name }) => name),
    ...(later.length === 0
      ? {}
      : { 'x-vmware-since-values': Object.fromEntries(later.map((v) => [v.name, RELEASES[v.since]])) }),
    ...history(enumeration, 0, release),
  }
}

/** `{ by: type, cases: { HOST_DEVICE: [host_device!] } }`: which fields a value allows, `!` for those it demands. */
function unionText({ discriminant, cases }: Union, { byName: fields }: Structure, release: number): Json {
  const isThere = (name: string) => (fields.get(name)?.since ?? 0) <= release
  const discriminantType = fields.get(discriminant)?.type
  const values =
    discriminantType?.kind === 'enum' ? known.enumeration(discriminantType.name).byName : undefined
  return {
    by: discriminant,
    cases: Object.fromEntries(
      [...cases]
        .filter(([value]) => (values?.get(value)?.since ?? 0) <= release)
        .map(([value, own]) => [
          value,
          own
            .filter(({ field }) => isThere(field))
            .map(({ field, required }) => field + (required ? '!' : '')),
        ]),
    ),
  }
}
