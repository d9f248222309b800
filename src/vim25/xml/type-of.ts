import { attribute, type XmlElement } from '#xml/element.js'
import { VIM, XSD, XSI } from './names.js'
import { refused, shown, type Trail } from './refusal.js'

/** What an element says of its type. */
export interface SaidType {
  readonly name: string
  /** A type of XML Schema; else one of vim25. */
  readonly xsd: boolean
  /** As the client wrote it. */
  readonly text: string
}

/**
 * What prefixes mean that are not declared: some clients write vim25's names bare where there is no default namespace, and
 * oslo.vmware writes `xsd:string` without a word about xsd.
 */
const UNDECLARED: Readonly<Record<string, string>> = Object.assign(Object.create(null), { '': VIM, xsd: XSD })

/** The xsi:type of an element; undefined if it has none. Throws InvalidRequest for a name in no known namespace. */
export function typeOf(element: XmlElement, trail: Trail): SaidType | undefined {
  const text = attribute(element, 'type', XSI)?.trim()
  if (text === undefined) return undefined
  const colon = text.indexOf(':')
  const prefix = colon < 0 ? '' : text.slice(0, colon)
  const namespace = element.namespaceOf(prefix) ?? UNDECLARED[prefix]
  if (namespace === VIM || namespace === XSD)
    return { name: text.slice(colon + 1), xsd: namespace === XSD, text }
  const why =
    namespace === undefined
      ? `Attribute value "${shown(text)}" uses an undefined namespace prefix ${shown(prefix)}`
      : `Attribute value "${shown(text)}" uses the unsupported namespace "${shown(namespace)}"`
  throw refused(why, trail)
}
