import type {
  VapiMetadataCliCommandGenericType,
  VapiMetadataCliCommandOptionInfo,
  VapiMetadataCliCommandOutputInfo,
} from '#vapi/generated/types.js'
import { known } from '#vapi/known.js'
import type { Field, Operation, Structure, Type } from '#vapi/types.js'

/** What a user types for a value of each type; what is not here is `complex` and typed as JSON. */
const TYPED: Partial<Readonly<Record<Type['kind'], string>>> = {
  boolean: 'boolean',
  long: 'integer',
  double: 'double',
  string: 'string',
  secret: 'secret',
  binary: 'binary',
  dateTime: 'datetime',
  uri: 'uri',
  id: 'string',
}

interface Found {
  readonly path: readonly string[]
  readonly field: Field
}

/** The input's fields, those of structures one by one; what is in lists and maps stays together. */
function leaves(structure: Structure, release: number, within: readonly string[] = []): readonly Found[] {
  return structure.fields
    .filter(({ since }) => since <= release)
    .flatMap((field) => {
      const { type } = field
      if (type.kind !== 'structure' || within.includes(type.name)) return [{ path: [field.name], field }]
      return leaves(known.structure(type.name), release, [...within, type.name]).map((leaf) => ({
        path: [field.name, ...leaf.path],
        field: leaf.field,
      }))
    })
}

function genericOf({ type, optional }: Field): VapiMetadataCliCommandGenericType {
  const many = type.kind === 'list' || type.kind === 'set'
  if (many && type.of.kind === 'optional') return 'LIST_OPTIONAL'
  if (many) return optional ? 'OPTIONAL_LIST' : 'LIST'
  return optional ? 'OPTIONAL' : 'NONE'
}

function typedAs(type: Type): string {
  switch (type.kind) {
    case 'optional':
    case 'list':
    case 'set':
      return typedAs(type.of)
    case 'enum':
      return type.name
    default:
      return TYPED[type.kind] ?? 'complex'
  }
}

/** An operation's input as options: named by the field alone, or by its whole path where two fields share a name. */
export function optionsOf(
  { input }: Operation,
  release: number,
): readonly VapiMetadataCliCommandOptionInfo[] {
  const found = leaves(input, release)
  const names = found.map(({ path }) => path.at(-1))
  return found.map(({ path, field }) => {
    const shared = names.indexOf(field.name) !== names.lastIndexOf(field.name)
    return {
      long_option: (shared ? path.join('-') : field.name).replaceAll('_', '-').toLowerCase(),
      field_name: path.join('.'),
      description: '',
      type: typedAs(field.type),
      generic: genericOf(field),
    }
  })
}

/** The structures of a result with their columns, each once. */
export function outputsOf(type: Type, release: number): readonly VapiMetadataCliCommandOutputInfo[] {
  switch (type.kind) {
    case 'optional':
    case 'list':
    case 'set':
      return outputsOf(type.of, release)
    case 'map':
      return outputsOf(type.value, release)
    case 'structure': {
      const members = known.structure(type.name).fields.filter(({ since }) => since <= release)
      return [
        {
          structure_id: type.name,
          output_fields: members.map(({ name }) => ({ field_name: name, display_name: name })),
        },
      ]
    }
    default:
      return []
  }
}

/** A list is shown as a table, a single structure line by line. */
export const formatterOf = (type: Type): 'TABLE' | 'SIMPLE' =>
  type.kind === 'list' || type.kind === 'set' || type.kind === 'map' ? 'TABLE' : 'SIMPLE'
