import fc from 'fast-check'
import { arrayTypeName } from '#vim25/any.js'
import { boxName } from '#vim25/json/type-info.js'
import { dataType, enumType, type Method, managedType, type Property, subtypesOf } from '#vim25/schema.js'

/**
 * Values that the schema allows, made at random from a seed: what a client may send, and what a server may answer. The
 * same seed gives the same value.
 */
export interface Sampling {
  /** Index into VERSIONS: nothing newer occurs. */
  readonly release: number
  /** How likely an optional member is set, 0 to 1; default 0.3. It halves with every level. */
  readonly fullness?: number
  /** Below this many levels only required members are set; default 4. */
  readonly depth?: number
  /** Any managed object's id; default: made up ones. */
  readonly moId?: (random: Random, type: string) => string
}

/** The next number of a sequence, at least 0 and below 1. */
export type Random = () => number

/** A small generator of random numbers (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const whole = (random: Random, below: number) => Math.floor(random() * below)

function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[whole(random, items.length)]
  if (item === undefined) throw new Error('There is nothing to pick from.')
  return item
}

/** A value for a property, parameter or result. */
export function sampleValue(random: Random, property: Property, sampling: Sampling, level = 0): unknown {
  if (!property.array) return sampleOne(random, property, sampling, level)
  const length = 1 + (level > (sampling.depth ?? 4) ? 0 : whole(random, 3))
  return Array.from({ length }, () => sampleOne(random, property, sampling, level + 1))
}

/** The body of a call: all required parameters, and some others. */
export function sampleArguments(random: Random, method: Method, sampling: Sampling): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const parameter of method.params)
    if (parameter.since <= sampling.release && (!parameter.optional || random() < 0.5))
      body[parameter.name] = sampleValue(random, parameter, sampling)
  return body
}

function sampleOne(random: Random, { kind, type }: Property, sampling: Sampling, level: number): unknown {
  switch (kind) {
    case 'primitive':
      return samplePrimitive(random, type)
    case 'enum':
      return pick(random, enumValues(type, sampling.release))
    case 'reference':
      return sampleReference(random, type, sampling)
    case 'data':
      return sampleData(random, type, sampling, level)
    case 'any':
      return sampleAny(random, sampling, level)
  }
}

function enumValues(type: string, release: number): readonly string[] {
  const definition = enumType(type)
  return definition?.values.filter((value) => (definition.sinceOf(value) ?? 0) <= release) ?? []
}

const INTEGERS: Readonly<Record<string, readonly [number, number]>> = {
  byte: [-128, 127],
  short: [-32768, 32767],
  int: [-2147483648, 2147483647],
}

const TEXTS = [
  '',
  'a',
  'vm-1',
  '[ds] a/b.vmx',
  'ümläut "quoted" \\ \u0000 \u{1f600}',
  '</x>&',
  '0',
  'true',
  '1234567890123456789',
]
const LONGS = [0, 1, -1, 4096, 2 ** 53 - 1, 9223372036854775807n, -9223372036854775808n, 2n ** 60n]
const TIMES = [
  '2026-01-31T12:00:00Z',
  '1970-01-01T00:00:00Z',
  '2023-01-14T08:57:35.279575Z',
  '2024-02-29T23:59:59.5Z',
]

function samplePrimitive(random: Random, type: string): unknown {
  const range = INTEGERS[type]
  if (range) return random() < 0.2 ? pick(random, range) : Math.floor(random() * 100)
  switch (type) {
    case 'boolean':
      return random() < 0.5
    case 'long':
      return pick(random, LONGS)
    case 'float':
    case 'double':
      return pick(random, [0, 1.5, -2.25, 1e21, 1e-7])
    case 'binary':
      return pick(random, ['', 'AA==', 'AAE=', 'AAEC', 'c29tZSBieXRlcw=='])
    case 'dateTime':
      return pick(random, TIMES)
    default:
      return pick(random, TEXTS)
  }
}

function sampleReference(random: Random, declared: string, { release, moId }: Sampling): unknown {
  const types = subtypesOf(declared).filter((name) => (managedType(name)?.since ?? 0) <= release)
  const type = types.length === 0 ? declared : pick(random, types)
  const value = moId ? moId(random, type) : `${type.toLowerCase()}-${whole(random, 100)}`
  return { _typeName: 'ManagedObjectReference', value, type }
}

function sampleData(random: Random, declared: string, sampling: Sampling, level: number): unknown {
  const { release, depth = 4, fullness = 0.3 } = sampling
  const types = subtypesOf(declared).filter((name) => (dataType(name)?.since ?? 0) <= release)
  // Deep down the declared type itself: a subtype could require one of its own kind, for ever.
  const name = level > depth ? declared : pick(random, types)
  const result: Record<string, unknown> = { _typeName: name }
  for (const member of dataType(name)?.properties ?? []) {
    if (member.since > release) continue
    if (member.optional && (level > depth || random() >= fullness / 2 ** level)) continue
    result[member.name] = sampleValue(random, member, sampling, level + 1)
  }
  return result
}

const BOXABLE: readonly Property[] = [
  ...['string', 'int', 'long', 'boolean', 'double', 'dateTime', 'binary', 'PropertyPath', 'short'].map(
    (type) => slot(type, 'primitive'),
  ),
  slot('ManagedEntityStatus', 'enum'),
  slot('VirtualMachinePowerState', 'enum'),
  slot('ManagedEntity', 'reference'),
  slot('OptionValue', 'data'),
  slot('VirtualDevice', 'data'),
  slot('Description', 'data'),
]

function slot(type: string, kind: Property['kind']): Property {
  return { name: '', type, kind, array: false, optional: false, link: false, secret: false, since: 0 }
}

function sampleAny(random: Random, sampling: Sampling, level: number): unknown {
  if (level > 30) return { _typeName: 'string', _value: 'deep' }
  const content = pick(random, BOXABLE)
  if (random() < 0.2) {
    const items = random() < 0.3 ? [] : sampleValue(random, { ...content, array: true }, sampling, level + 1)
    return { _typeName: arrayTypeName(boxName(content)), _value: items }
  }
  const value = sampleOne(random, content, sampling, level + 1)
  return content.kind === 'data' || content.kind === 'reference'
    ? value
    : { _typeName: boxName(content), _value: value }
}

/** Values of a property for fast-check; a failing one shrinks towards emptier ones. */
export function valueArbitrary(property: Property, release: number): fc.Arbitrary<unknown> {
  return fc
    .record({ fullness: fc.nat(10), seed: fc.integer() })
    .map(({ seed, fullness }) =>
      sampleValue(randomFrom(seed), property, { release, fullness: fullness / 10 }),
    )
}

/** A way to spoil a body: what it does, and the path that the fault for it has to name. */
export interface Flaw {
  readonly path: string
  readonly what: string
  readonly apply: () => void
}

/** A copy of a valid value of the property with one thing wrong in it. */
export function spoiled(random: Random, property: Property, value: unknown): { body: unknown; flaw: Flaw } {
  const root: Record<string, unknown> = { [property.name]: structuredClone(value) }
  const flaw = pick(random, flawsOf(root, property, property.name))
  flaw.apply()
  return { body: root[property.name], flaw }
}

type Holder = Record<string | number, unknown>

function flawsOf(
  holder: object,
  property: Property,
  path: string,
  key: string | number = property.name,
): Flaw[] {
  const here = holder as Holder
  const value = here[key]
  const replace = (what: string, wrong: unknown): Flaw => ({
    path,
    what: `${what} instead of ${property.type}`,
    apply: () => {
      here[key] = wrong
    },
  })
  if (property.array) {
    const element = { ...property, array: false }
    const items = value as readonly unknown[]
    return [
      replace('an object', {}),
      ...items.flatMap((_, index) => flawsOf(items, element, `${path}[${index}]`, index)),
    ]
  }
  const flaws = [replace('null', null), replace('an array', [])]
  if (property.kind === 'primitive') flaws.push(replace('a wrong value', WRONG[property.type] ?? 17))
  if (property.kind === 'enum') flaws.push(replace('an unknown value', 'noSuchValue'))
  if (property.kind === 'any') flaws.push(replace('a bare string', 'bare'))
  if (property.kind === 'reference') flaws.push(...referenceFlaws(value as Holder, path))
  if (property.kind === 'data') flaws.push(...dataFlaws(value as Holder, property.type, path))
  return flaws
}

const WRONG: Readonly<Record<string, unknown>> = {
  int: 2 ** 31,
  long: 2n ** 63n,
  short: 1.5,
  byte: 128,
  boolean: 'true',
  float: '1.5',
  double: '1.5',
  dateTime: '2026-02-30T00:00:00Z',
  binary: '***',
}

function referenceFlaws(value: Holder, path: string): Flaw[] {
  const set = (member: string, wrong: unknown): Flaw => ({
    path: `${path}.${member}`,
    what: `${member} of a reference is ${String(wrong)}`,
    apply: () => {
      if (wrong === undefined) delete value[member]
      else value[member] = wrong
    },
  })
  return [set('_typeName', undefined), set('type', 'NoSuchType'), set('value', ''), set('serverId', 'x')]
}

function dataFlaws(value: Holder, declared: string, path: string): Flaw[] {
  const set = (member: string, what: string, apply: () => void): Flaw => ({
    path: `${path}.${member}`,
    what,
    apply,
  })
  const type = dataType(String(value._typeName))
  const flaws = [
    set('zzUnknown', 'an unknown member', () => {
      value.zzUnknown = 1
    }),
    set('_typeName', 'an unknown type', () => {
      value._typeName = 'NoSuchType'
    }),
  ]
  if (subtypesOf(declared).length > 1)
    flaws.push(
      set('_typeName', 'no type', () => {
        delete value._typeName
      }),
    )
  for (const member of type?.properties ?? []) {
    if (value[member.name] === undefined) continue
    if (!member.optional && !member.array)
      flaws.push(
        set(member.name, 'a required member is missing', () => {
          delete value[member.name]
        }),
      )
    flaws.push(...flawsOf(value, member, `${path}.${member.name}`))
  }
  return flaws
}
