import type { XmlElement } from './element.js'
import { readGeneral, XML_LIMITS, type XmlLimits } from './read-general.js'
import { readPlain } from './read-plain.js'

export { XML_LIMITS, XmlError, type XmlLimits } from './read-general.js'

/**
 * Reads a document: elements with resolved namespaces, attributes and text; comments and processing instructions are
 * passed over. The five predefined entities and character references are all that `&` can mean.
 * @throws XmlError
 */
export function readXml(text: string, limits: XmlLimits = XML_LIMITS): XmlElement {
  return readPlain(text, limits) ?? readGeneral(text, limits)
}
