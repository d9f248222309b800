import { type SaxesAttributeNS, SaxesParser } from 'saxes'
import type { XmlAttribute, XmlElement } from './element.js'

/** How much of a document is taken; more is a problem of kind `limit`. */
export interface XmlLimits {
  /** Levels of elements. Without a cap, 100,000 levels cost minutes. */
  readonly depth: number
  /** Elements in all: what vCenter takes (fact sheet soap-wire 8.4). */
  readonly elements: number
  /** Attributes of one element, namespace declarations included. */
  readonly attributes: number
}

export const XML_LIMITS: XmlLimits = { depth: 256, elements: 500_000, attributes: 256 }

/**
 * Why a document was not read: `syntax`, it is no well-formed XML with namespaces; `limit`, it is larger than the
 * limits; `doctype`, it brings a document type, and with it entities, which nothing that Fauxsphere reads needs.
 */
export type XmlProblem = 'syntax' | 'limit' | 'doctype'

/** A document that was not read; `line` and `column` (from 1) say where reading stopped. */
export class XmlError extends Error {
  override readonly name = 'XmlError'
  constructor(
    readonly problem: XmlProblem,
    message: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(message)
  }
}

/** An element while it is read. */
export type Open = { -readonly [Key in keyof XmlElement]: XmlElement[Key] } & {
  attributes: XmlAttribute[]
  children: XmlElement[]
}

/** Reads any document, see `readXml`. */
export function readGeneral(text: string, limits: XmlLimits): XmlElement {
  const parser = new SaxesParser({ xmlns: true })
  const open: Open[] = []
  let root: Open | undefined
  let elements = 0

  const refuse = (problem: XmlProblem, message: string): never => {
    throw new XmlError(problem, message, parser.line, parser.columnIndex + 1)
  }

  parser.on('error', (error) => refuse('syntax', withoutPosition(error.message)))
  parser.on('doctype', () => refuse('doctype', 'a document type declaration is not accepted'))
  parser.on('opentagstart', (tag) => {
    elements += 1
    if (elements > limits.elements) refuse('limit', `more than ${limits.elements} elements`)
    if (open.length >= limits.depth) refuse('limit', `more than ${limits.depth} levels of elements`)
    open.push(started(tag.name, parser))
  })
  let attributes = 0
  parser.on('attribute', () => {
    attributes += 1
    if (attributes > limits.attributes)
      refuse('limit', `more than ${limits.attributes} attributes in one element`)
  })
  parser.on('opentag', (tag) => {
    attributes = 0
    const element = open.at(-1)
    if (element === undefined) return
    element.name = tag.local
    element.namespace = tag.uri
    for (const name in tag.attributes)
      element.attributes.push(plain(tag.attributes[name] as SaxesAttributeNS))
    element.namespaceOf = resolver(tag.ns, open.at(-2))
    const parent = open.at(-2)
    if (parent === undefined) root = element
    else parent.children.push(element)
  })
  parser.on('text', (data) => append(open, data))
  parser.on('cdata', (data) => append(open, data))
  parser.on('closetag', () => {
    open.pop()
  })
  parser.write(text).close()
  return root ?? refuse('syntax', 'no element found')
}

const started = (name: string, parser: { line: number; columnIndex: number }): Open => ({
  name,
  namespace: '',
  attributes: [],
  children: [],
  text: '',
  line: parser.line,
  // The parser stands behind the name and the character that ended it.
  column: Math.max(1, parser.columnIndex - name.length - 1),
  namespaceOf: nowhere,
})

// One for all: a function for every element would cost as much as reading it.
const nowhere: XmlElement['namespaceOf'] = () => undefined

const plain = (each: SaxesAttributeNS): XmlAttribute => ({
  name: each.local,
  // An unprefixed attribute is in no namespace.
  namespace: each.prefix === '' ? '' : each.uri,
  value: each.value,
})

/** What the prefixes mean: the element's own declarations first, then those around it. */
export function resolver(
  own: Readonly<Record<string, string>>,
  parent: XmlElement | undefined,
): XmlElement['namespaceOf'] {
  const outer = parent?.namespaceOf
  if (outer !== undefined && Object.keys(own).length === 0) return outer
  return (prefix) => (Object.hasOwn(own, prefix) ? own[prefix] : outer?.(prefix))
}

function append(open: readonly Open[], data: string): void {
  const element = open.at(-1)
  if (element !== undefined) element.text += data
}

/** The parser's messages begin with `line:column: `, which stands in the error's own fields. */
const withoutPosition = (message: string) => message.replace(/^(?:undefined:)?\d+:\d+: /, '')
