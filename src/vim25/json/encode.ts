import { enumType, type Property } from '../schema.js'
import { narrow, narrowMember } from './narrow.js'
import { isKnown, needOf } from './need.js'
import { stringify } from './stringify.js'
import { createTextCache, type TextCache } from './text-cache.js'

/**
 * State values hold what VI JSON writes, so a value is its own encoding, unless the client's release lacks something in
 * it (narrow.ts). What is read again is kept as text by identity, and long answers are put together from such texts.
 */
export function encodeJson(value: unknown, release: number): string {
  if (Array.isArray(value)) return `[${value.map((item) => encodeJson(item, release)).join(',')}]`
  return typeof value === 'object' && value !== null ? textOf(value, release) : stringify(value)
}

/** The body of a property GET; undefined (an empty body, rest-wire 3.3) for an unset one. Empty arrays are `[]`. */
export function encodeProperty(value: unknown, property: Property, release: number): string | undefined {
  if (value === undefined || value === null) return undefined
  const inside = property.kind === 'enum' ? narrowEnum(value, property, release) : value
  return inside === undefined ? undefined : encodeJson(inside, release)
}

/** The body of a method's answer: like a property, but an array that is missing is empty: `[]`. */
export function encodeResult(value: unknown, result: Property, release: number): string | undefined {
  return encodeProperty(value, result, release) ?? (result.array ? '[]' : undefined)
}

/** Lists put together from objects that are kept themselves; what is inside the rest is not looked up one by one. */
const COMPOSED: ReadonlySet<string> = new Set([
  'RetrieveResult',
  'ObjectContent',
  'DynamicProperty',
  'UpdateSet',
  'PropertyFilterUpdate',
  'ObjectUpdate',
  'PropertyChange',
  'MissingProperty',
])

function narrowEnum(value: unknown, property: Property, release: number): unknown {
  const late = enumType(property.type)?.sinceOf(String(value)) ?? 0
  return late <= release && !property.array ? value : narrowMember(value, property, release)
}

/** Characters of text kept for all clients that see values whole, and for each older release. */
const BOUND = 64 * 2 ** 20
const OLD_RELEASE_BOUND = 8 * 2 ** 20

const whole = createTextCache(BOUND)
const narrowed = new Map<number, TextCache>()

function cacheFor(need: number, release: number): TextCache {
  if (need <= release) return whole
  let cache = narrowed.get(release)
  if (!cache) {
    cache = createTextCache(OLD_RELEASE_BOUND)
    narrowed.set(release, cache)
  }
  return cache
}

function textOf(value: object, release: number): string {
  const again = isKnown(value)
  const need = needOf(value)
  const cache = cacheFor(need, release)
  const kept = again ? cache.get(value) : undefined
  if (kept !== undefined) return kept
  const { _typeName: type } = value as { _typeName?: unknown }
  const text =
    COMPOSED.has(String(type)) && need <= release
      ? compose(value, release)
      : stringify(narrow(value, release))
  // Only what is read a second time is worth its memory.
  if (again) cache.set(value, text)
  return text
}

function compose(value: object, release: number): string {
  let text = ''
  for (const [name, member] of Object.entries(value))
    if (member !== undefined) text += `${text === '' ? '' : ','}"${name}":${encodeJson(member, release)}`
  return `{${text}}`
}
