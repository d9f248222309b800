import { fault } from '#vim25/fault.js'
import type { CustomizationSpecItem } from '#vim25/generated/types.js'
import { decodeValue } from '#vim25/json/decode.js'
import { dataType, type Property, typeNames } from '#vim25/schema.js'
import { child, childrenOf, type XmlElement } from '#xml/element.js'
import { escapeXml } from '#xml/escape.js'
import { readXml, XmlError } from '#xml/read.js'

const ITEM = 'CustomizationSpecItem'
const INDENT = '  '

/** `vim.vm.customization.LinuxPrep` -> `CustomizationLinuxPrep` */
let names: ReadonlyMap<string, string> | undefined

function typeNamed(vmodl: string): string | undefined {
  names ??= new Map(typeNames('data').map((name) => [dataType(name)?.vmodl ?? name, name]))
  return names.get(vmodl)
}

/**
 * A specification as vCenter exports it: every data object says its type, members stand in alphabetical order, arrays
 * are numbered elements. Passwords are blank already.
 */
export function toXml(item: CustomizationSpecItem): string {
  return `<ConfigRoot>\n${members(item, INDENT)}</ConfigRoot>\n`
}

type Data = { readonly _typeName: string }

function members(value: Data, indent: string): string {
  const type = dataType(value._typeName)
  const properties = [...(type?.properties ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1))
  const written = properties.map((property) =>
    element(property.name, (value as unknown as Record<string, unknown>)[property.name], property, indent),
  )
  return `${indent}<_type>${type?.vmodl ?? value._typeName}</_type>\n${written.join('')}`
}

function element(name: string, value: unknown, property: Property, indent: string, attribute = ''): string {
  if (value === undefined) return ''
  const open = `${indent}<${name}${attribute}`
  const close = `</${name}>\n`
  const inside = indent + INDENT
  if (Array.isArray(value)) {
    const each = { ...property, array: false }
    const items = value.map((item, at) => element('e', item, each, inside, ` id="${at}"`)).join('')
    const type = `${dataType(property.type)?.vmodl ?? property.type}[]`
    return `${open}>\n${inside}<_length>${value.length}</_length>\n${inside}<_type>${type}</_type>\n${items}${indent}${close}`
  }
  if (typeof value === 'object' && value !== null)
    return `${open}>\n${members(value as Data, inside)}${indent}${close}`
  const text = escapeXml(String(value))
  return text === '' ? `${open}/>\n` : `${open}>${text}${close}`
}

/**
 * The specification that a text of that form holds, as far as the release knows it. Throws CustomizationFault for what is
 * none.
 */
export function fromXml(text: string, release: number): CustomizationSpecItem {
  try {
    const root = readXml(text)
    const item = objectIn(root, ITEM)
    const property = { name: 'item', type: ITEM, kind: 'data', array: false, optional: false } as const
    return decodeValue(item, { ...property, link: false, secret: false, since: 0 }, 'item', release) as never
  } catch (error) {
    if (error instanceof XmlError || error instanceof NotOurs || isRefusal(error))
      throw fault('CustomizationFault', {})
    throw error
  }
}

/** What the text says cannot be a specification. */
class NotOurs extends Error {}

const isRefusal = (error: unknown): boolean => typeof error === 'object' && error !== null && 'fault' in error

function objectIn(element: XmlElement, declared: string): Record<string, unknown> {
  const vmodl = child(element, '_type')?.text.trim()
  const name = vmodl === undefined ? declared : typeNamed(vmodl)
  const type = name === undefined ? undefined : dataType(name)
  if (!type) throw new NotOurs(vmodl)
  const value: Record<string, unknown> = { _typeName: type.name }
  for (const each of element.children) {
    if (each.name === '_type') continue
    const property = type.byName.get(each.name)
    if (!property) throw new NotOurs(each.name)
    value[each.name] = property.array
      ? childrenOf(each, 'e').map((item) => valueIn(item, property))
      : valueIn(each, property)
  }
  return value
}

function valueIn(element: XmlElement, { kind, type }: Property): unknown {
  if (kind === 'data') return objectIn(element, type)
  const { text } = element
  if (type === 'boolean') return text.trim() === 'true'
  if (type === 'int' || type === 'long' || type === 'short' || type === 'byte') return Number(text)
  return text
}
