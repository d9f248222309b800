import { known } from '../known.js'
import { structure } from '../schema.js'
import type { Field, Structure, Type } from '../types.js'
import { UNDECLARED } from '../undeclared.js'
import { join, type Problems } from './problems.js'
import { scalarValue } from './scalars.js'

/** How a door writes what JSON has no form for. */
export interface Dialect {
  /** `/api`: an object; `/rest` and JSON-RPC: a list of `{key, value}` (rest-wire 1.4). */
  readonly maps: 'object' | 'entries'
}

export interface Decoding {
  /** Index into RELEASES: what is newer is not there. */
  readonly release: number
  readonly dialect: Dialect
  readonly problems: Problems
  /** Whether fields of later releases are left out, as doors do with answers, instead of being unknown. */
  readonly dropNewer?: boolean
}

/** Nesting that no structure of the API needs; deeper input is hostile. */
const DEEPEST = 64

/**
 * Reads a JSON value as a type: the value as behaviours use it (canonical names, maps as plain objects, unset fields
 * absent), or undefined where it is wrong, which `problems` then knows with its path.
 */
export function decode(type: Type, raw: unknown, path: string, to: Decoding, depth = 0): unknown {
  if (depth > DEEPEST) return void to.problems.invalid(path, 'it is nested too deeply.')
  switch (type.kind) {
    case 'optional':
      return raw === undefined || raw === null ? undefined : decode(type.of, raw, path, to, depth)
    case 'list':
    case 'set':
      return decodeList(type.kind, type.of, raw, path, to, depth)
    case 'map':
      return decodeMap(type.key, type.value, raw, path, to, depth)
    case 'structure':
      return decodeStructure(known.structure(type.name), raw, path, to, depth)
    case 'dynamic':
      return decodeDynamic(raw, path, to, depth)
    case 'enum':
      return decodeEnum(type.name, raw, path, to)
    default:
      return scalarValue(type, raw, path, to.problems)
  }
}

/** The fields of a structure; unknown ones and missing ones are problems. */
export function decodeStructure(
  definition: Structure,
  raw: unknown,
  path: string,
  to: Decoding,
  depth = 0,
): Readonly<Record<string, unknown>> | undefined {
  if (!isObject(raw)) return void to.problems.mismatch(path, `a structure '${definition.name}'`, raw)
  to.problems.unexpected(
    path,
    Object.keys(raw).filter((name) => {
      const field = definition.byName.get(name)
      return (!field || (field.since > to.release && !to.dropNewer)) && name !== '@class'
    }),
    definition.name,
  )
  const members: [string, unknown][] = []
  for (const field of definition.fields) {
    if (field.since > to.release) continue
    const value = decodeField(
      definition,
      field,
      Object.hasOwn(raw, field.name) ? raw[field.name] : undefined,
      path,
      to,
      depth,
    )
    if (value !== undefined) members.push([field.name, value])
  }
  const value = Object.fromEntries(members)
  checkUnions(definition, value, path, to)
  return value
}

function decodeField(
  owner: Structure,
  field: Field,
  raw: unknown,
  path: string,
  to: Decoding,
  depth: number,
): unknown {
  const here = join(path, field.name)
  if (raw !== undefined && raw !== null) return decode(field.type, raw, here, to, depth + 1)
  if (!field.optional) to.problems.missing(here, owner.name)
  return undefined
}

/** A field of a union is there exactly when the discriminant says so. */
function checkUnions(
  definition: Structure,
  value: Readonly<Record<string, unknown>>,
  path: string,
  { problems, release }: Decoding,
): void {
  for (const { discriminant, cases } of definition.unions) {
    const chosen = value[discriminant]
    const own = chosen === undefined ? [] : (cases.get(String(chosen)) ?? [])
    const when = chosen === undefined ? `${discriminant} is unset` : `${discriminant} is ${chosen}`
    for (const { field, required } of own)
      if (required && value[field] === undefined && (definition.byName.get(field)?.since ?? 0) <= release)
        problems.union(path, definition.name, field, 'missing', when)
    const allowed = new Set(own.map(({ field }) => field))
    const others = new Set([...cases.values()].flat().map(({ field }) => field))
    for (const field of others)
      if (!allowed.has(field) && value[field] !== undefined)
        problems.union(path, definition.name, field, 'extra', when)
  }
}

function decodeList(
  kind: 'list' | 'set',
  of: Type,
  raw: unknown,
  path: string,
  to: Decoding,
  depth: number,
): readonly unknown[] | undefined {
  if (!Array.isArray(raw)) return void to.problems.mismatch(path, `a ${kind}`, raw)
  const values = raw.map((item, index) => decode(of, item, `${path}[${index}]`, to, depth + 1))
  return kind === 'list'
    ? values
    : [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
}

function decodeMap(
  key: Type,
  of: Type,
  raw: unknown,
  path: string,
  to: Decoding,
  depth: number,
): Readonly<Record<string, unknown>> | undefined {
  const entries = to.dialect.maps === 'object' ? objectEntries(raw) : listEntries(raw)
  if (!entries) return void to.problems.mismatch(path, 'a map', raw)
  const seen = new Set<unknown>()
  const members = entries.map(([name, item]): [string, unknown] => {
    const here = `${path}[${String(name)}]`
    const decodedKey = decode(key, name, here, to, depth + 1)
    if (seen.has(decodedKey)) to.problems.invalid(here, 'the map has this key twice.')
    seen.add(decodedKey)
    return [String(decodedKey), decode(of, item, here, to, depth + 1)]
  })
  return Object.fromEntries(members)
}

const objectEntries = (raw: unknown): [unknown, unknown][] | undefined =>
  isObject(raw) ? Object.entries(raw) : undefined

function listEntries(raw: unknown): [unknown, unknown][] | undefined {
  if (!Array.isArray(raw) || !raw.every((entry) => isObject(entry) && 'key' in entry && 'value' in entry))
    return undefined
  return raw.map((entry: { key: unknown; value: unknown }) => [entry.key, entry.value])
}

/**
 * A structure that says itself what it is (`@class`); one that the language does not know is kept as it came. Fields that its
 * structure does not have are left out: clients such as govmomi send those of its siblings along.
 */
function decodeDynamic(raw: unknown, path: string, to: Decoding, depth: number): unknown {
  if (!isObject(raw)) return void to.problems.mismatch(path, 'a structure', raw)
  const name = raw['@class']
  if (typeof name !== 'string') return void to.problems.missing(join(path, '@class'), 'dynamic structure')
  const definition = structure(name)
  if (!definition) return raw
  const own = Object.entries(raw).filter(([field]) => definition.byName.has(field))
  const value = decodeStructure(definition, Object.fromEntries(own), path, to, depth + 1)
  return value && { '@class': name, ...value }
}

function decodeEnum(name: string, raw: unknown, path: string, to: Decoding): string | undefined {
  if (typeof raw !== 'string') return void to.problems.mismatch(path, `one of '${name}'`, raw)
  const values = known.enumeration(name).values.filter((value) => value.since <= to.release)
  if (!values.some((value) => value.name === raw) && !UNDECLARED[name]?.includes(raw))
    return void to.problems.invalid(path, `'${raw.slice(0, 60)}' is not one of ${namesOf(values)}.`)
  return raw
}

function namesOf(values: readonly { readonly name: string }[]): string {
  const some = values.slice(0, 12).map(({ name }) => name)
  return values.length > some.length
    ? `${some.join(', ')} and ${values.length - some.length} more`
    : some.join(', ')
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
