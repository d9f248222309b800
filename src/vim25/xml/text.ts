import { escapeXml } from '#xml/escape.js'
import { boxContent } from '../json/type-info.js'
import { dataType, type Property } from '../schema.js'
import { arrayBoxName, REFERENCE, slotNames } from './names.js'

/** A property, parameter or result with the tags around its values. */
export interface Slot {
  readonly property: Property
  readonly name: string
  readonly start: string
  readonly end: string
}

export function slotOf(property: Property, name: string = property.name): Slot {
  return { property, name, start: `<${name}>`, end: `</${name}>` }
}

type Members = Readonly<Record<string, unknown>>

/** The elements of a value in its slot: one per item of an array, none for an unset value. */
export function slotText(slot: Slot, value: unknown): string {
  if (value === undefined || value === null) return ''
  if (!Array.isArray(value)) return oneText(slot, value)
  let text = ''
  for (const item of value) text += oneText(slot, item)
  return text
}

function oneText(slot: Slot, value: unknown): string {
  switch (slot.property.kind) {
    case 'primitive':
    case 'enum':
      return slot.start + scalarText(value) + slot.end
    case 'reference':
      return referenceText(slot.name, value as Members, '')
    case 'data':
      return startTag(slot, String((value as Members)._typeName)) + membersText(value as Members) + slot.end
    case 'any':
      return anyText(slot.name, value)
  }
}

/** The start of an element that holds a data object: it says its type where that is not the declared one. */
export function startTag(slot: Slot, type: string): string {
  return type === slot.property.type ? slot.start : `<${slot.name} xsi:type="${type}">`
}

/** The content of the element of a data object: its members, base type first. */
export function membersText(value: Members): string {
  let text = ''
  for (const slot of memberSlots(String(value._typeName))) {
    const member = value[slot.name]
    if (member !== undefined) text += slotText(slot, member)
  }
  return text
}

const slotsByType = new Map<string, readonly Slot[]>()

/** The slots of a data type's members, in the order of the wire. */
export function memberSlots(type: string): readonly Slot[] {
  let slots = slotsByType.get(type)
  if (!slots) {
    const definition = dataType(type)
    if (!definition) throw new Error(`${type} is not a vim25 data type.`)
    slots = definition.properties.map((property) => slotOf(property))
    slotsByType.set(type, slots)
  }
  return slots
}

/** An element whose type is not declared: it says what it holds. */
export function anyText(name: string, value: unknown): string {
  const type = anyType(value)
  if (type === REFERENCE) return referenceText(name, value as Members, ` xsi:type="${REFERENCE}"`)
  return `<${name} xsi:type="${type}">${anyContentText(value)}</${name}>`
}

/** What the xsi:type of a value in an Any slot is. */
export function anyType(value: unknown): string {
  const type = typeNameOf(value)
  if (type === REFERENCE || dataType(type)) return type
  const content = contentOf(type)
  return content.array ? arrayBoxName(content) : slotNames(content).type
}

/** What stands between the tags of a value in an Any slot that is no reference. */
export function anyContentText(value: unknown): string {
  const type = typeNameOf(value)
  if (dataType(type)) return membersText(value as Members)
  const content = contentOf(type)
  const inside = (value as Members)._value
  if (!content.array) return scalarText(inside)
  const { element, type: declared } = slotNames(content)
  let text = ''
  for (const item of inside as readonly unknown[]) text += itemText(content, element, declared, item)
  return text
}

/** An item of an array's box: it says its type again (soap-wire 2.5). */
function itemText(content: Property, element: string, declared: string, item: unknown): string {
  if (content.kind === 'any' || content.kind === 'data' || content.kind === 'reference')
    return anyText(element, item)
  return `<${element} xsi:type="${declared}">${scalarText(item)}</${element}>`
}

const typeNameOf = (value: unknown) => String((value as Members)._typeName)

function contentOf(type: string): Property {
  const content = boxContent(type)
  if (!content) throw new Error(`${type} is neither a data type nor a box.`)
  return content
}

function referenceText(name: string, value: Members, attributes: string): string {
  return `<${name} type="${String(value.type)}"${attributes}>${escapeXml(String(value.value))}</${name}>`
}

/** The lexical form of a primitive or enum. */
function scalarText(value: unknown): string {
  if (typeof value === 'string') return escapeXml(value)
  if (value === Number.POSITIVE_INFINITY) return 'INF'
  return value === Number.NEGATIVE_INFINITY ? '-INF' : String(value)
}
