import { type Body, type BodyWriter, bodyWriter, keepable } from '../json/body.js'
import { cachesByRelease } from '../json/body-cache.js'
import { narrow, narrowMember } from '../json/narrow.js'
import { needOf } from '../json/need.js'
import { piecesOf } from '../json/pieces.js'
import { knownDataType } from '../json/type-info.js'
import { dataType, type Property } from '../schema.js'
import { REFERENCE } from './names.js'
import {
  anyContentText,
  anyText,
  anyType,
  memberSlots,
  membersText,
  type Slot,
  slotOf,
  slotText,
  startTag,
} from './text.js'

/**
 * Writes the elements of a value under the name of its property, as a client of that release may see it: nothing for an
 * unset value, one for each item of an array. What is read again is kept by identity: of a data object, what stands
 * between its tags, which is the same wherever it stands.
 */
export function writeElements(writer: BodyWriter, value: unknown, property: Property, release: number): void {
  write(writer, slotFor(property), value, release)
}

/** The same on its own. */
export function encodeElements(value: unknown, property: Property, release: number): Body {
  const writer = bodyWriter()
  writeElements(writer, value, property, release)
  return writer.end()
}

const slots = new WeakMap<Property, Slot>()

function slotFor(property: Property): Slot {
  let slot = slots.get(property)
  if (!slot) {
    // Only results have no name of their own.
    slot = slotOf(property, property.name || 'returnval')
    slots.set(property, slot)
  }
  return slot
}

/** Answers put together from objects that are kept themselves; what is inside the rest is not looked up one by one. */
const COMPOSED: ReadonlySet<string> = new Set([
  'RetrieveResult',
  'ObjectContent',
  'DynamicProperty',
  'UpdateSet',
  'PropertyFilterUpdate',
  'ObjectUpdate',
  'PropertyChange',
])

/** From here on the composed types have all their members. */
const COMPOSED_SINCE = Math.max(
  ...[...COMPOSED].flatMap((type) => (dataType(type)?.properties ?? []).map(({ since }) => since)),
)

function write(writer: BodyWriter, slot: Slot, value: unknown, release: number): void {
  if (value === undefined || value === null) return
  const { kind } = slot.property
  if (kind !== 'data' && kind !== 'any') {
    const seen = kind === 'enum' ? narrowMember(value, slot.property, release) : narrow(value, release)
    writer.add(slotText(slot, seen))
  } else if (!Array.isArray(value)) writeOne(writer, slot, value, release)
  else
    for (const piece of piecesOf(value))
      if (Array.isArray(piece)) writeKept(writer, piece, release, (whole) => slotText(slot, whole))
      else writeOne(writer, slot, piece, release)
}

function writeOne(writer: BodyWriter, slot: Slot, value: unknown, release: number): void {
  if (slot.property.kind === 'data') writeData(writer, slot, value as object, release)
  else writeAny(writer, slot, value as object, release)
}

function writeData(writer: BodyWriter, slot: Slot, value: object, release: number): void {
  const type = (value as { _typeName: string })._typeName
  if (Object.isFrozen(value)) {
    writer.add(startTag(slot, knownDataType(type, release)))
    writeKept(writer, value, release, (whole) => membersText(whole as Members))
  } else if (COMPOSED.has(type) && release >= COMPOSED_SINCE) {
    writer.add(startTag(slot, type))
    for (const member of memberSlots(type)) write(writer, member, (value as Members)[member.name], release)
  } else {
    writer.add(slotText(slot, narrow(value, release)))
    return
  }
  writer.add(slot.end)
}

function writeAny(writer: BodyWriter, slot: Slot, value: object, release: number): void {
  const need = Object.isFrozen(value) ? knownNeed(value) : undefined
  // What older releases see of it may be of another type.
  if (need === undefined || need > release || (value as Members)._typeName === REFERENCE) {
    writer.add(anyText(slot.name, narrow(value, release)))
    return
  }
  writer.add(`<${slot.name} xsi:type="${anyType(value)}">`)
  writeKept(writer, value, release, anyContentText)
  writer.add(slot.end)
}

type Members = Readonly<Record<string, unknown>>

/** What a release must have to show a frozen value whole; known for what was encoded before. */
const needs = new WeakMap<object, number>()

function knownNeed(value: object): number {
  const known = needs.get(value) ?? needOf(value)
  needs.set(value, known)
  return known
}

const seen = new WeakSet<object>()

/** Writes what `textOf` makes of a frozen value. Only what is read a second time is worth its memory. */
function writeKept(
  writer: BodyWriter,
  value: object,
  release: number,
  textOf: (value: unknown) => string,
): void {
  const need = knownNeed(value)
  const again = seen.has(value)
  const cache = again ? cacheFor(need, release) : undefined
  const kept = cache?.get(value)
  if (kept !== undefined) {
    writer.add(kept)
    return
  }
  const body = textOf(need <= release ? value : narrow(value, release))
  if (cache) cache.set(value, keepable(body))
  else seen.add(value)
  writer.add(body)
}

/** Characters kept for all clients that see values whole, and for each older release. */
const BOUND = 96 * 2 ** 20
const OLD_RELEASE_BOUND = 16 * 2 ** 20

const cacheFor = cachesByRelease(BOUND, OLD_RELEASE_BOUND)
