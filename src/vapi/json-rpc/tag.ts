import type { VapiError } from '../error.js'
import { errorFields } from '../error-fields.js'
import { isObject } from '../json/decode.js'
import { javaDouble, longText } from '../json/text.js'
import { known } from '../known.js'
import { structure } from '../schema.js'
import type { Structure, Type } from '../types.js'
import { fieldOrder } from '../wire-order.js'

/**
 * A behaviour's value with the tags of JSON-RPC (rest-wire 1.1), as text for `jsonText`. Every field of a structure that
 * the release has is there, unset ones as `{"OPTIONAL": null}`.
 */
export function tag(type: Type, value: unknown, release: number): unknown {
  switch (type.kind) {
    case 'void':
      return null
    case 'optional':
      return { OPTIONAL: value === undefined ? null : tag(type.of, value, release) }
    case 'list':
    case 'set':
      return (value as readonly unknown[]).map((item) => tag(type.of, item, release))
    case 'map':
      return Object.entries(value as object).map(([key, item]) => ({
        STRUCTURE: { 'map-entry': { key, value: tag(type.value, item, release) } },
      }))
    case 'structure':
      return { STRUCTURE: { [type.name]: tagFields(known.structure(type.name), value as Fields, release) } }
    case 'dynamic':
      return tagDynamic(value as Fields, release)
    case 'secret':
      return { SECRET: value }
    case 'binary':
      return { BINARY: value }
    case 'double':
      return javaDouble(value as number)
    case 'opaque':
    case 'anyError':
      return tagUntyped(value, release)
    default:
      return typeof value === 'bigint' ? longText(value) : value
  }
}

type Fields = Readonly<Record<string, unknown>>

function tagFields(definition: Structure, value: Fields, release: number): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const name of fieldOrder(definition, release)) {
    const field = definition.byName.get(name)
    if (field)
      out[name] = tag(
        field.optional ? { kind: 'optional', of: field.type } : field.type,
        value[name],
        release,
      )
  }
  return out
}

/** An error, which JSON-RPC answers with in the place of a result. */
export function tagError(error: VapiError, release: number): unknown {
  const fields = errorFields(error, release)
  return { ERROR: { [error.structure]: tagFields(known.structure(error.structure), fields, release) } }
}

function tagDynamic({ '@class': name, ...fields }: Fields, release: number): unknown {
  const definition = typeof name === 'string' ? structure(name) : undefined
  const inner = definition
    ? tagFields(definition, fields, release)
    : Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, tagUntyped(value, release)]))
  return { STRUCTURE: { [String(name ?? 'dynamic-structure')]: inner } }
}

/** A value that only says itself what it is. */
function tagUntyped(value: unknown, release: number): unknown {
  if (Array.isArray(value)) return value.map((item) => tagUntyped(item, release))
  return isObject(value) ? tagDynamic(value, release) : (value ?? null)
}
