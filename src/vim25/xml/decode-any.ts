import type { XmlElement } from '#xml/element.js'
import { boxed } from '../any.js'
import { boxContent } from '../json/type-info.js'
import { dataType, enumType, type Property } from '../schema.js'
import { decodeData, decodeEnum, decodeOne, decodeReference, noText, textOf, wrongType } from './decode.js'
import { arrayBox, REFERENCE, slotNames, VIM } from './names.js'
import { primitiveNamed, primitiveOf } from './primitive.js'
import { refused, shown, type Trail, within } from './refusal.js'
import { type SaidType, typeOf } from './type-of.js'

/**
 * The value of an element whose type is not declared: xsi:type says it. Data objects and references as they are,
 * everything else in a box that names its type, as VI JSON has it (rest-wire 3.3).
 */
export function decodeAny(element: XmlElement, release: number, trail: Trail): unknown {
  const said = typeOf(element, trail)
  if (!said) throw refused(`The element <${shown(element.name)}> must say its type with xsi:type`, trail)
  if (said.xsd) return decodeSimple(element, said, trail)
  if (said.name === REFERENCE) return decodeReference(element, 'ManagedObject', release, trail)
  if (dataType(said.name)) return decodeData(element, said.name, release, trail)
  const content = boxContent(said.name)
  if (content?.kind === 'enum' && !content.array && isKnown(content, release))
    return boxed(said.name, decodeEnum(element, content.type, release, trail))
  return decodeArray(element, said, release, trail)
}

function decodeSimple(element: XmlElement, said: SaidType, trail: Trail): unknown {
  const text = textOf(element, trail)
  const type = primitiveNamed(said.name, text)
  if (type === undefined) throw wrongType(said.text, trail)
  const value = primitiveOf(type, text)
  if (value === undefined)
    throw refused(
      `"${shown(text)}" is no valid ${type}`,
      within(trail, `while parsing element <${element.name}>`, element),
    )
  return boxed(type, value)
}

/** `<val xsi:type="ArrayOfInt"><int xsi:type="xsd:int">1</int></val>` */
function decodeArray(element: XmlElement, said: SaidType, release: number, trail: Trail): unknown {
  const known = arrayBox(said.name)
  if (!known || !isKnown(known.content, release)) throw wrongType(said.text, trail)
  const here = within(trail, `while parsing ${said.name}`, element)
  noText(element, here)
  const item: Property = { ...known.content, array: false }
  const { element: name } = slotNames(item)
  const items = element.children.map((child) => {
    if (child.namespace !== VIM || child.name !== name)
      throw refused(`Unexpected element tag "${shown(child.name)}" seen`, here)
    return decodeOne(child, item, release, here)
  })
  return boxed(known.box, Object.freeze(items))
}

const isKnown = ({ kind, type }: Property, release: number) =>
  ((kind === 'enum' ? enumType(type)?.since : kind === 'data' ? dataType(type)?.since : 0) ?? 0) <= release
