import { known } from '#vapi/known.js'
import { type Carried, carriedBy } from '#vapi/openapi/operation.js'
import type { Field, Operation, RestBinding, Structure, Type } from '#vapi/types.js'
import type { Random } from './vim25-values.js'

/**
 * Values that the Automation API's definitions allow, made at random from a seed: what a client may send. The same seed
 * gives the same value.
 */
export interface Sampling {
  /** Index into RELEASES: nothing newer occurs. */
  readonly release: number
  readonly random: Random
  /** An identifier of one of these resource types. */
  readonly id: (resources: readonly string[]) => string
  /** How likely an optional member is set, 0 to 1; it halves with every level. */
  readonly fullness: number
}

/** The parts of a request on `/api`. */
export interface Request {
  readonly method: string
  /** With the query. */
  readonly url: string
  /** Undefined for a request without one. */
  readonly body: unknown
}

const whole = (random: Random, below: number) => Math.floor(random() * below)

function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[whole(random, items.length)]
  if (item === undefined) throw new Error('There is nothing to pick from.')
  return item
}

const DEEPEST = 5
const STRINGS = [
  'a',
  'A name',
  'ä/\\%?&',
  '',
  '10.0.0.7',
  'x'.repeat(90),
  'ds:///vmfs/volumes/x/',
  '[nfs] a/a.vmx',
]
const LONGS = [0, 1, 2, 4, 16, 1024, 4096, -1, 2 ** 31, 2 ** 53 - 1]

export function sampleValue(type: Type, sampling: Sampling, level = 0): unknown {
  const { random } = sampling
  switch (type.kind) {
    case 'boolean':
      return random() < 0.5
    case 'long':
      return pick(random, LONGS)
    case 'double':
      return pick(random, [0, 0.5, -3, 1e9])
    case 'string':
    case 'secret':
      return pick(random, STRINGS)
    case 'uri':
      return pick(random, ['https://127.0.0.1:1/lib.json', 'file:///tmp/x', 'urn:x:y'])
    case 'binary':
      return pick(random, ['', 'AAEC', 'Zm9v'])
    case 'dateTime':
      return pick(random, ['2026-01-01T00:00:00.000Z', '1970-01-01T00:00:00Z'])
    case 'id':
      return sampling.id(type.resources)
    case 'enum':
      return pick(
        random,
        known.enumeration(type.name).values.filter(({ since }) => since <= sampling.release),
      ).name
    case 'structure':
      return sampleStructure(known.structure(type.name), sampling, level + 1)
    case 'dynamic':
      return { '@class': 'com.vmware.vapi.std.localizable_message', id: 'a', default_message: 'b', args: [] }
    case 'optional':
      return sampleValue(type.of, sampling, level)
    case 'list':
      return sampleList(type.of, sampling, level)
    case 'set':
      return [
        ...new Map(sampleList(type.of, sampling, level).map((each) => [JSON.stringify(each), each])).values(),
      ]
    case 'map':
      return Object.fromEntries(
        sampleList(type.key, sampling, level).map((key) => [
          key,
          sampleValue(type.value, sampling, level + 1),
        ]),
      )
    default:
      return { a: 1 }
  }
}

const sampleList = (of: Type, sampling: Sampling, level: number): unknown[] =>
  Array.from({ length: level > DEEPEST ? 0 : whole(sampling.random, 3) }, () =>
    sampleValue(of, sampling, level + 1),
  )

/** All required fields and some others, with those of its unions as the discriminants say. */
function sampleStructure(
  structure: Structure,
  sampling: Sampling,
  level: number,
): Readonly<Record<string, unknown>> {
  const value: Record<string, unknown> = {}
  const isThere = ({ since }: Field) => since <= sampling.release
  const inUnions = new Set(
    structure.unions.flatMap(({ cases }) => [...cases.values()].flat().map((f) => f.field)),
  )
  for (const field of structure.fields.filter(isThere))
    if (!inUnions.has(field.name) && (!field.optional || isSet(sampling, level)))
      value[field.name] = sampleValue(field.type, sampling, level)
  for (const { discriminant, cases } of structure.unions)
    for (const { field: name, required } of cases.get(String(value[discriminant])) ?? []) {
      const field = structure.byName.get(name)
      if (field && isThere(field) && (required || !field.optional || isSet(sampling, level)))
        value[name] = sampleValue(field.type, sampling, level)
    }
  return value
}

const isSet = ({ random, fullness }: Sampling, level: number) =>
  level <= DEEPEST && random() < fullness / 2 ** level

/** A request with a valid input. */
export function sampleRequest(operation: Operation, rest: RestBinding, sampling: Sampling): Request {
  const input = sampleStructure(operation.input, sampling, 0)
  const path = rest.path.replace(/\{(\w+)\}/g, (_hole, name: string) =>
    encodeURIComponent(String(input[name] === '' ? 'x' : input[name])),
  )
  const query = new URLSearchParams(
    rest.dispatch.map(({ name, value }): [string, string] => [name, value ?? '']),
  )
  for (const { name, parameter, field } of rest.query) {
    const carried = input[parameter]
    const value = field === undefined ? carried : (carried as Record<string, unknown> | undefined)?.[field]
    if (value === undefined || rest.headers.some((header) => header.parameter === parameter)) continue
    query.delete(name)
    const sent = isEmpty(value)
      ? oneOf(carriedBy({ name, parameter, ...(field && { field }) }, operation.input.byName), sampling)
      : value
    for (const each of Array.isArray(sent) ? sent : [sent])
      query.append(name, typeof each === 'object' ? JSON.stringify(each) : String(each))
  }
  const { body } = rest
  const text = query.toString()
  return {
    method: rest.method,
    url: `/api${path}${text === '' ? '' : `?${text}`}`,
    body:
      body.kind === 'none'
        ? undefined
        : body.kind === 'parameter'
          ? input[body.parameter]
          : Object.fromEntries(
              body.parameters.filter((name) => input[name] !== undefined).map((name) => [name, input[name]]),
            ),
  }
}

const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0

/** A list without members cannot be said in a query: one that must be there gets a member. */
function oneOf(carried: Carried | undefined, sampling: Sampling): readonly unknown[] {
  const { type } = carried?.field ?? { type: undefined }
  if (!carried?.required || (type?.kind !== 'list' && type?.kind !== 'set')) return []
  return [sampleValue(type.of, sampling)]
}

/** The same request with one thing wrong: something that the operation does not have, or a value of another type. */
export function spoiled(random: Random, { method, url, body }: Request): Request {
  const isStructure = typeof body === 'object' && body !== null && !Array.isArray(body)
  if (!isStructure || random() < 0.2)
    return { method, url: `${url}${url.includes('?') ? '&' : '?'}no_such_parameter=1`, body }
  const members = Object.keys(body)
  if (members.length === 0 || random() < 0.3) return { method, url, body: { ...body, no_such_field: 1 } }
  const name = pick(random, members)
  const value = (body as Readonly<Record<string, unknown>>)[name]
  return { method, url, body: { ...body, [name]: Array.isArray(value) ? { not: 'a list' } : [[value]] } }
}
