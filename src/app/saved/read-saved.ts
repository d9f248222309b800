import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unboxed } from '#vim25/any.js'
import { VimFault } from '#vim25/fault.js'
import { managedType, type Property, VERSIONS } from '#vim25/schema.js'
import { decodeAny } from '#vim25/xml/decode-any.js'
import { VIM, XSD, XSI } from '#vim25/xml/names.js'
import { request } from '#vim25/xml/refusal.js'
import { attribute, child, childrenOf, type XmlElement } from '#xml/element.js'
import { readXml, XmlError } from '#xml/read.js'
import { Refusal } from '../refusal.js'

/** An object as `govc object.save` wrote it. */
export interface SavedObject {
  readonly type: string
  readonly id: string
  readonly properties: Readonly<Record<string, unknown>>
}

export interface Saved {
  readonly objects: readonly SavedObject[]
  /** What could not be read, one line each. */
  readonly left: readonly string[]
}

/**
 * The objects that `govc object.save -d DIRECTORY` wrote, one file each; the directories beside them hold answers of methods,
 * which are not read (deviation 95). Throws Refusal for a directory without a ServiceInstance, and for what is no XML.
 */
export function readSaved(directory: string): Saved {
  const objects = new Map<string, SavedObject>()
  const left: string[] = []
  for (const name of readdirSync(directory).sort()) {
    if (!name.endsWith('.xml')) continue
    const object = readObject(join(directory, name), name, left)
    if (object) objects.set(object.id, object)
  }
  if (!objects.has('ServiceInstance'))
    throw new Refusal(
      `${directory} holds no ServiceInstance: save it with 'govc object.save -d DIRECTORY', without a path.`,
    )
  return { objects: [...objects.values()], left }
}

function readObject(path: string, name: string, left: string[]): SavedObject | undefined {
  const content = parsed(path)
  const obj = child(content, 'obj')
  const type = obj && attribute(obj, 'type')
  if (!obj || content.name !== 'ObjectContent' || type === undefined)
    throw new Refusal(`${path} is no object that govc saved.`)
  if (!managedType(type)) {
    left.push(`${name}: there is no type ${type}.`)
    return undefined
  }
  const properties: Record<string, unknown> = {}
  for (const propSet of childrenOf(content, 'propSet')) {
    const member = child(propSet, 'name')?.text ?? ''
    const property = managedType(type)?.byName.get(member)
    const val = child(propSet, 'val')
    if (!property || !val) {
      left.push(`${name}: ${type} has no property ${member}.`)
      continue
    }
    try {
      properties[member] = heldBy(property, decodeAs(val))
    } catch (error) {
      if (!(error instanceof VimFault)) throw error
      left.push(`${name}: ${member}: ${error.message.trim().split('\n')[0]}.`)
    }
  }
  return { type, id: obj.text.trim(), properties }
}

/** As strict as for clients, but for empty elements, which simulators write for what they do not know. */
function decodeAs(val: XmlElement): unknown {
  const newest = VERSIONS.length - 1
  try {
    return decodeAny(val, newest, request())
  } catch (error) {
    if (!(error instanceof VimFault)) throw error
    return decodeAny(withoutEmpty(val), newest, request())
  }
}

/** What an empty element means that no VM can be without; govmomi's own simulator leaves it empty. */
const MEANT: Readonly<Record<string, string>> = {
  faultToleranceState: 'notConfigured',
  recordReplayState: 'inactive',
}

function withoutEmpty(element: XmlElement): XmlElement {
  const isEmpty = ({ children, text, attributes }: XmlElement) =>
    children.length === 0 && text === '' && attributes.length === 0
  const children = element.children.flatMap((each): readonly XmlElement[] => {
    if (!isEmpty(each)) return [withoutEmpty(each)]
    const meant = Object.hasOwn(MEANT, each.name) ? MEANT[each.name] : undefined
    return meant === undefined ? [] : [{ ...each, text: meant }]
  })
  return { ...element, children }
}

/** govc names no namespace, and of its prefixes only xsi's. */
function parsed(path: string): XmlElement {
  const text = readFileSync(path, 'utf8').replace(/^\s*<\?xml[^>]*\?>/, '')
  try {
    const [content] = readXml(
      `<saved xmlns="${VIM}" xmlns:xsd="${XSD}" xmlns:xsi="${XSI}">${text}</saved>`,
    ).children
    if (content) return content
  } catch (error) {
    if (error instanceof XmlError) throw new Refusal(`${path}: ${error.message}`)
    throw error
  }
  throw new Refusal(`${path} is empty.`)
}

/** What stands in a slot for anything, as a property of this kind holds it. */
function heldBy({ kind, array }: Property, value: unknown): unknown {
  return kind === 'any' && !array ? value : unboxed(value)
}
