import type {
  VapiStdIntrospectionOperationDataDefinition,
  VapiStdIntrospectionOperationDataDefinitionDataType,
} from '#vapi/generated/types.js'
import { known } from '#vapi/known.js'
import type { Field, ScalarKind, Structure, Type } from '#vapi/types.js'

type Definition = VapiStdIntrospectionOperationDataDefinition

const SCALARS: Readonly<Record<ScalarKind, VapiStdIntrospectionOperationDataDefinitionDataType>> = {
  void: 'VOID',
  boolean: 'BOOLEAN',
  long: 'LONG',
  double: 'DOUBLE',
  string: 'STRING',
  secret: 'SECRET',
  binary: 'BINARY',
  dateTime: 'STRING',
  uri: 'STRING',
  opaque: 'OPAQUE',
  anyError: 'ANY_ERROR',
}

/**
 * A type as introspection tells it: sets are lists, maps lists of entries, identifiers, times and enumerations strings.
 * `within` are the structures around it: one of them again is a reference, so that it comes to an end.
 */
export function definitionOf(type: Type, release: number, within: readonly string[] = []): Definition {
  switch (type.kind) {
    case 'id':
    case 'enum':
      return { type: 'STRING' }
    case 'dynamic':
      return { type: 'DYNAMIC_STRUCTURE' }
    case 'optional':
      return { type: 'OPTIONAL', element_definition: definitionOf(type.of, release, within) }
    case 'list':
    case 'set':
      return { type: 'LIST', element_definition: definitionOf(type.of, release, within) }
    case 'map':
      return { type: 'LIST', element_definition: entryOf(type.key, type.value, release, within) }
    case 'structure':
      return structureOf(known.structure(type.name), release, within)
    default:
      return { type: SCALARS[type.kind] }
  }
}

/** A structure or an error with the fields that the release has. */
export function structureOf(
  definition: Structure,
  release: number,
  within: readonly string[] = [],
): Definition {
  const { name, isError, fields } = definition
  if (within.includes(name)) return { type: 'STRUCTURE_REF', name }
  const inside = [...within, name]
  const known = fields.filter((field) => field.since <= release)
  return {
    type: isError ? 'ERROR' : 'STRUCTURE',
    name,
    fields: Object.fromEntries(known.map((field) => [field.name, fieldOf(field, release, inside)])),
  }
}

function fieldOf({ type, optional }: Field, release: number, within: readonly string[]): Definition {
  return definitionOf(optional ? { kind: 'optional', of: type } : type, release, within)
}

function entryOf(key: Type, value: Type, release: number, within: readonly string[]): Definition {
  const fields = { key: definitionOf(key, release, within), value: definitionOf(value, release, within) }
  return { type: 'STRUCTURE', name: 'map-entry', fields }
}
