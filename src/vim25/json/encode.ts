import { dataType, type Property } from '../schema.js'
import { type Body, type BodyWriter, bodyWriter, keepable } from './body.js'
import { cachesByRelease } from './body-cache.js'
import { narrow, narrowMember } from './narrow.js'
import { needOf } from './need.js'
import { piecesOf } from './pieces.js'
import { stringify } from './stringify.js'

/**
 * State values hold what VI JSON writes, so a value is its own encoding, unless the client's release lacks something in
 * it (narrow.ts). What is read again is kept by identity, and long answers are put together from what is kept.
 */
export function encodeBody(value: unknown, release: number): Body {
  const writer = bodyWriter()
  write(writer, value, release, true)
  return writer.end()
}

/** The same as text. */
export function encodeJson(value: unknown, release: number): string {
  return encodeBody(value, release).toString()
}

/** The body of a property GET; undefined (an empty body, deviation 5) for an unset one. Empty arrays are `[]`. */
export function encodeProperty(value: unknown, property: Property, release: number): Body | undefined {
  if (value === undefined || value === null) return undefined
  const inside = property.kind === 'enum' ? narrowMember(value, property, release) : value
  return inside === undefined ? undefined : encodeBody(inside, release)
}

/** The body of a method's answer: like a property, but an array that is missing is empty: `[]`. */
export function encodeResult(value: unknown, result: Property, release: number): Body | undefined {
  return encodeProperty(value, result, release) ?? (result.array ? '[]' : undefined)
}

/** Lists put together from objects that are kept themselves; what is inside the rest is not looked up one by one. */
const COMPOSED: ReadonlySet<unknown> = new Set([
  'RetrieveResult',
  'ObjectContent',
  'DynamicProperty',
  'UpdateSet',
  'PropertyFilterUpdate',
  'ObjectUpdate',
  'PropertyChange',
])

/** Every release in which the composed types have all their members. */
const COMPOSED_SINCE = Math.max(...[...COMPOSED].map((type) => sinceOfAllMembers(String(type))))

function sinceOfAllMembers(type: string): number {
  return Math.max(...(dataType(type)?.properties ?? []).map(({ since }) => since))
}

function write(writer: BodyWriter, value: unknown, release: number, keep: boolean): void {
  if (Array.isArray(value)) writeArray(writer, value, release, keep)
  else if (typeof value !== 'object' || value === null) writer.add(stringify(value))
  else if (Object.isFrozen(value)) writeFrozen(writer, value, release, keep)
  else writeObject(writer, value, release, keep)
}

function writeArray(writer: BodyWriter, items: readonly unknown[], release: number, keep: boolean): void {
  if (items.length === 0) {
    writer.add('[]')
    return
  }
  writer.add('[')
  let first = true
  for (const piece of keep ? piecesOf(items) : items) {
    if (!first) writer.add(',')
    first = false
    if (keep && Array.isArray(piece)) writeFrozen(writer, piece, release, true)
    else write(writer, piece, release, keep)
  }
  writer.add(']')
}

function writeFrozen(writer: BodyWriter, value: object, release: number, keep: boolean): void {
  const known = needs.get(value)
  const cache = known === undefined ? undefined : cacheFor(known, release)
  const kept = cache?.get(value)
  if (known === undefined) needs.set(value, needOf(value))
  if (kept !== undefined) writer.add(kept)
  // Only what is read a second time is worth its memory, and only once: not also inside of what is kept.
  else if (!cache || !keep) writeInside(writer, value, release, keep)
  else {
    const own = bodyWriter()
    writeInside(own, value, release, false)
    const body = keepable(own.end())
    cache.set(value, body)
    writer.add(body)
  }
}

/** An object, or the items of a stretch. */
function writeInside(writer: BodyWriter, value: object, release: number, keep: boolean): void {
  if (!Array.isArray(value)) {
    writeObject(writer, value, release, keep)
    return
  }
  value.forEach((item, at) => {
    if (at > 0) writer.add(',')
    writeObject(writer, item, release, false)
  })
}

function writeObject(writer: BodyWriter, value: object, release: number, keep: boolean): void {
  const { _typeName: type } = value as { _typeName?: unknown }
  if (!COMPOSED.has(type) || release < COMPOSED_SINCE) {
    writer.add(stringify(narrow(value, release)))
    return
  }
  let before = '{'
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue
    const key = `${before}"${name}":`
    if (typeof member === 'object') {
      writer.add(key)
      write(writer, member, release, keep)
    } else writer.add(key + stringify(member))
    before = ','
  }
  writer.add('}')
}

/** What a release must have to show a frozen value whole; known for what was encoded before. */
const needs = new WeakMap<object, number>()

/** Characters kept for all clients that see values whole, and for each older release. */
const BOUND = 64 * 2 ** 20
const OLD_RELEASE_BOUND = 8 * 2 ** 20

const cacheFor = cachesByRelease(BOUND, OLD_RELEASE_BOUND)
