import { known } from '../known.js'
import { structure } from '../schema.js'
import type { Structure, Type } from '../types.js'
import { fieldOrder } from '../wire-order.js'
import type { Dialect } from './decode.js'
import { javaDouble, longText } from './text.js'

export interface Encoding {
  /** Index into RELEASES: what is newer is left out. */
  readonly release: number
  readonly dialect: Dialect
}

/**
 * A behaviour's value as the JSON value that a door writes with `jsonText`: fields in the order of the wire, unset ones and those that the
 * release does not have left out.
 */
export function encode(type: Type, value: unknown, to: Encoding): unknown {
  if (value === undefined || value === null) return undefined
  switch (type.kind) {
    case 'optional':
      return encode(type.of, value, to)
    case 'list':
    case 'set':
      return (value as readonly unknown[])
        .map((item) => encode(type.of, item, to))
        .filter((item) => item !== undefined)
    case 'map':
      return encodeMap(type.key, type.value, value as Readonly<Record<string, unknown>>, to)
    case 'structure':
      return encodeStructure(known.structure(type.name), value as Readonly<Record<string, unknown>>, to)
    case 'dynamic':
      return encodeDynamic(value as Readonly<Record<string, unknown>>, to)
    case 'enum':
      return knows(type.name, value as string, to.release) ? value : undefined
    case 'double':
      return javaDouble(value as number)
    default:
      return typeof value === 'bigint' ? longText(value) : value
  }
}

/** The fields that are set, in the order of the wire. */
export function encodeStructure(
  definition: Structure,
  value: Readonly<Record<string, unknown>>,
  to: Encoding,
): Readonly<Record<string, unknown>> {
  const out: Record<string, unknown> = {}
  for (const name of fieldOrder(definition, to.release)) {
    const member = value[name]
    if (member === undefined) continue
    const field = definition.byName.get(name)
    const encoded = field && encode(field.type, member, to)
    if (encoded !== undefined) out[name] = encoded
  }
  return out
}

function encodeMap(key: Type, of: Type, value: Readonly<Record<string, unknown>>, to: Encoding): unknown {
  const entries = Object.entries(value)
    .filter(([name]) => key.kind !== 'enum' || knows(key.name, name, to.release))
    .map(([name, item]) => [name, encode(of, item, to)] as const)
    .filter(([, item]) => item !== undefined)
  if (to.dialect.maps === 'object') return Object.fromEntries(entries)
  return entries.map(([name, item]) => ({ key: name, value: item }))
}

function encodeDynamic(value: Readonly<Record<string, unknown>>, to: Encoding): unknown {
  const { '@class': name, ...fields } = value
  if (typeof name !== 'string') return value
  const definition = structure(name)
  return { '@class': name, ...(definition ? encodeStructure(definition, fields, to) : fields) }
}

/** Whether a release has an enumeration's value: what a client cannot know is left out. */
function knows(name: string, value: string, release: number): boolean {
  const found = known.enumeration(name).byName.get(value)
  return found !== undefined && found.since <= release
}
