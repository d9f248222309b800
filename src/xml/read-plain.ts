import type { XmlAttribute, XmlElement } from './element.js'
import { type Open, resolver, type XmlLimits } from './read-general.js'

/** Longer documents are rare, and matching their tags would need much memory for the way back. */
const LONGEST = 64 * 1024

/** ASCII alone, no references, and no other line break than a line feed. */
const PLAIN = /^[\t\n !-%'-~]*$/

/** Prefixes and namespaces that mean something by themselves. */
const RESERVED = /xml:|:xml|www\.w3\.org\/(?:2000\/xmlns|XML\/1998)\b|__proto__/

const NAME = '[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?'
const VALUE = `"[^"<\\n\\t]*"|'[^'<\\n\\t]*'`

/** What declarations of namespaces are in themselves. */
const XMLNS = 'http://www.w3.org/2000/xmlns/'

const PROLOG = /(?:<\?xml version=(["'])1\.0\1(?: encoding=(["'])[A-Za-z][\w.-]*\2)? ?\?>)?\s*/y

/** A tag with the text behind it: the name that it closes or opens, its attributes, whether it is empty, the text. */
const TAG = new RegExp(`<(?:/(${NAME})|(${NAME})((?:\\s+${NAME}=(?:${VALUE}))*)\\s*(/?))>([^<>]*)`, 'y')

const ATTRIBUTE = new RegExp(`(${NAME})=(${VALUE})`, 'g')

/**
 * Reads what nearly every client sends: elements, attributes and text in ASCII, without references, comments and the
 * like. For the rest - what is unusual, wrong, or more than the limits - it is undefined: that is the general reader's
 * business, which says the same of what is read here, and takes five times as long.
 */
export function readPlain(text: string, limits: XmlLimits): XmlElement | undefined {
  if (text.length > LONGEST || !PLAIN.test(text) || RESERVED.test(text)) return undefined
  const open: Open[] = []
  const names: string[] = []
  let root: Open | undefined
  let elements = 0
  let [line, lineStart, lineEnd] = [1, 0, text.indexOf('\n')]
  PROLOG.lastIndex = 0
  PROLOG.test(text)
  for (let at = PROLOG.lastIndex; at < text.length; at = TAG.lastIndex) {
    TAG.lastIndex = at
    const tag = TAG.exec(text)
    if (!tag) return undefined
    const [, closed, name, attributes = '', slash, inside = ''] = tag
    if (name === undefined) {
      if (closed !== names.pop()) return undefined
      open.pop()
    } else {
      while (lineEnd !== -1 && lineEnd < at) {
        line++
        lineStart = lineEnd + 1
        lineEnd = text.indexOf('\n', lineStart)
      }
      // Of such an element the general reader takes the next line for the first.
      if (text[at + 1 + name.length] === '\n') return undefined
      if (++elements > limits.elements || open.length >= limits.depth) return undefined
      const parent = open.at(-1)
      if (root && !parent) return undefined
      const element = begun(name, attributes, parent, limits.attributes)
      if (!element) return undefined
      element.line = line
      element.column = at - lineStart + 1
      parent?.children.push(element)
      root ??= element
      if (slash === '') {
        open.push(element)
        names.push(name)
      }
    }
    const around = open.at(-1)
    if (around) around.text += inside
    else if (inside.trim() !== '') return undefined
  }
  return open.length === 0 ? root : undefined
}

/** An element without content; undefined where a prefix means nothing, an attribute stands twice, or there are too many. */
function begun(
  qualified: string,
  attributes: string,
  parent: Open | undefined,
  most: number,
): Open | undefined {
  const pairs = attributes === '' ? [] : pairsIn(attributes)
  if (pairs.length > most) return undefined
  const namespaceOf = resolver(declaredBy(pairs), parent)
  const [prefix, name] = split(qualified)
  // Without a default namespace, what has no prefix is in none.
  const namespace = namespaceOf(prefix) ?? (prefix === '' ? '' : undefined)
  if (namespace === undefined || (namespace === '' && prefix !== '')) return undefined
  const element: Open = {
    name,
    namespace,
    attributes: [],
    children: [],
    text: '',
    line: 0,
    column: 0,
    namespaceOf,
  }
  for (const [qualifiedName, value] of pairs) {
    const attribute = attributeOf(qualifiedName, value, namespaceOf)
    if (!attribute || element.attributes.some((other) => isSame(other, attribute))) return undefined
    element.attributes.push(attribute)
  }
  return element
}

const isSame = (one: XmlAttribute, other: XmlAttribute) =>
  one.name === other.name && one.namespace === other.namespace

/** Names and values, without their quotes. */
function pairsIn(attributes: string): readonly (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = []
  for (const [, name = '', value = ''] of attributes.matchAll(ATTRIBUTE))
    pairs.push([name, value.slice(1, -1)])
  return pairs
}

const nothing: Readonly<Record<string, string>> = Object.freeze({})

/** The namespaces that attributes declare, by prefix. */
function declaredBy(pairs: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  let declared: Record<string, string> | undefined
  for (const [name, value] of pairs)
    if (name.startsWith('xmlns') && (name.length === 5 || name[5] === ':')) {
      declared ??= {}
      declared[name.slice(6)] = value.trim()
    }
  return declared ?? nothing
}

/** Undefined where the prefix means nothing, or is to mean nothing. */
function attributeOf(
  qualified: string,
  value: string,
  namespaceOf: XmlElement['namespaceOf'],
): XmlAttribute | undefined {
  const [prefix, name] = split(qualified)
  if (prefix === '') return { name, namespace: '', value }
  if (prefix === 'xmlns') return value.trim() === '' ? undefined : { name, namespace: XMLNS, value }
  const namespace = namespaceOf(prefix)
  return namespace === undefined ? undefined : { name, namespace, value }
}

function split(qualified: string): readonly [prefix: string, name: string] {
  const colon = qualified.indexOf(':')
  return colon < 0 ? ['', qualified] : [qualified.slice(0, colon), qualified.slice(colon + 1)]
}
