import type {
  VapiMetadataMetamodelElementMap,
  VapiMetadataMetamodelElementValue,
  VapiMetadataMetamodelType,
  VapiMetadataMetamodelTypeBuiltinType,
} from '#vapi/generated/types.js'
import type { Field, ScalarKind, Structure, Type } from '#vapi/types.js'

const BUILTIN: Readonly<Record<ScalarKind | 'id' | 'dynamic', VapiMetadataMetamodelTypeBuiltinType>> = {
  void: 'VOID',
  boolean: 'BOOLEAN',
  long: 'LONG',
  double: 'DOUBLE',
  string: 'STRING',
  secret: 'SECRET',
  binary: 'BINARY',
  dateTime: 'DATE_TIME',
  uri: 'URI',
  opaque: 'OPAQUE',
  anyError: 'ANY_ERROR',
  id: 'ID',
  dynamic: 'DYNAMIC_STRUCTURE',
}

const userDefined = (kind: 'structure' | 'enumeration', id: string): VapiMetadataMetamodelType => ({
  category: 'USER_DEFINED',
  user_defined_type: { resource_type: `com.vmware.vapi.${kind}`, resource_id: id },
})

/** A type as the metamodel tells it; what an identifier is of stands in its field's metadata. */
export function typeInfo(type: Type): VapiMetadataMetamodelType {
  switch (type.kind) {
    case 'structure':
      return userDefined('structure', type.name)
    case 'enum':
      return userDefined('enumeration', type.name)
    case 'optional':
    case 'list':
    case 'set':
      return {
        category: 'GENERIC',
        generic_instantiation: {
          generic_type: GENERICS[type.kind],
          element_type: typeInfo(type.of),
        },
      }
    case 'map':
      return {
        category: 'GENERIC',
        generic_instantiation: {
          generic_type: 'MAP',
          map_key_type: typeInfo(type.key),
          map_value_type: typeInfo(type.value),
        },
      }
    default:
      return { category: 'BUILTIN', builtin_type: BUILTIN[type.kind] }
  }
}

const GENERICS = { optional: 'OPTIONAL', list: 'LIST', set: 'SET' } as const

/** The type of a field or parameter, with the `optional` that it says apart from it. */
export const fieldType = ({ type, optional }: Field): Type =>
  optional ? { kind: 'optional', of: type } : type

type Metadata = Readonly<Record<string, VapiMetadataMetamodelElementMap>>
type Elements = Readonly<Record<string, VapiMetadataMetamodelElementValue>>

const text = (value: string): VapiMetadataMetamodelElementValue => ({ type: 'STRING', string_value: value })

const texts = (values: readonly string[]): VapiMetadataMetamodelElementValue =>
  values.length === 1 ? text(values[0] ?? '') : { type: 'STRING_LIST', list_value: values }

/** What stands inside of lists, maps' values and optionals. */
function innermost(type: Type): Type {
  if (type.kind === 'optional' || type.kind === 'list' || type.kind === 'set') return innermost(type.of)
  if (type.kind !== 'map') return type
  const value = innermost(type.value)
  return value.kind === 'id' || value.kind === 'dynamic' ? value : innermost(type.key)
}

function typeMetadata(type: Type): Metadata {
  const inside = innermost(type)
  if (inside.kind === 'id') {
    const elements: Elements = {
      ...(inside.resources.length === 0 ? {} : { value: texts(inside.resources) }),
      ...(inside.typeField === undefined ? {} : { typeHolder: text(inside.typeField) }),
    }
    return Object.keys(elements).length === 0 ? {} : { Resource: { elements } }
  }
  if (inside.kind === 'dynamic' && inside.fieldsOf.length > 0)
    return {
      HasFieldsOf: {
        elements: { value: { type: 'STRUCTURE_REFERENCE_LIST', structure_ids: inside.fieldsOf } },
      },
    }
  return {}
}

/** What the definitions say of a result beside its type. */
export const resultMetadata = typeMetadata

/** What the definitions say of a field beside its type: whose identifier it is, and its part in a union. */
export function fieldMetadata(field: Field, { unions }: Structure): Metadata {
  const tag = unions.some(({ discriminant }) => discriminant === field.name)
  const union = unions.find(({ cases }) =>
    [...cases.values()].some((fields) => fields.some((each) => each.field === field.name)),
  )
  const values = [...(union?.cases ?? [])]
    .filter(([, fields]) => fields.some((each) => each.field === field.name))
    .map(([value]) => value)
  return {
    ...typeMetadata(field.type),
    ...(tag ? { UnionTag: { elements: {} } } : {}),
    ...(union ? { UnionCase: { elements: { tag: text(union.discriminant), value: texts(values) } } } : {}),
  }
}
