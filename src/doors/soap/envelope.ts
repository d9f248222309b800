import type { VimFault } from '#vim25/fault.js'
import type { MethodFault } from '#vim25/generated/types.js'
import { type Body, bodyWriter } from '#vim25/json/body.js'
import { narrow } from '#vim25/json/narrow.js'
import type { Property } from '#vim25/schema.js'
import { writeElements } from '#vim25/xml/encode.js'
import { VIM } from '#vim25/xml/names.js'
import { membersText } from '#vim25/xml/text.js'
import { escapeXml } from '#xml/escape.js'

/** Byte for byte what vCenter answers (soap-wire 2.2): clients depend on the prefix and on what stands between tags. */
const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/"
 xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"
 xmlns:xsd="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<soapenv:Body>
`
const TAIL = `
</soapenv:Body>
</soapenv:Envelope>`

/** The answer of a method: an element for each result; none for void and unset ones. */
export function response(
  method: string,
  value: unknown,
  result: Property | undefined,
  release: number,
): Body {
  const writer = bodyWriter()
  writer.add(`${HEAD}<${method}Response xmlns="${VIM}">`)
  if (result) writeElements(writer, value, result, release)
  writer.add(`</${method}Response>${TAIL}`)
  return writer.end()
}

/** A typed fault (soap-wire 2.9): the element is named after the type, and says the type again. */
export function faultResponse(error: VimFault, release: number): string {
  const fault = narrow(error.fault, release) as MethodFault
  const type = fault._typeName
  const members = membersText(fault as unknown as Record<string, unknown>)
  return `${HEAD}<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>${escapeXml(error.message)}</faultstring><detail><${type}Fault xmlns="${VIM}" xsi:type="${type}">${members}</${type}Fault></detail></soapenv:Fault>${TAIL}`
}

/** A fault without detail, for what never became a call (soap-wire 8.1, 8.4). */
export function bareFault(code: 'ClientFaultCode' | 'ServerFaultCode', text: string): string {
  return `${HEAD}<soapenv:Fault>\n<faultcode>${code}</faultcode>\n<faultstring>${escapeXml(text)}</faultstring>\n</soapenv:Fault>${TAIL}`
}
