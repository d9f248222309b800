import { isAscii } from 'node:buffer'
import { VIM } from '#vim25/xml/names.js'
import { refusalText, refused, request, shown, type Trail, within } from '#vim25/xml/refusal.js'
import { child, type XmlElement } from '#xml/element.js'
import { readXml, XML_LIMITS, XmlError } from '#xml/read.js'

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/'

/** A call, found in its envelope. */
export interface SoapCall {
  /** Named like the method. */
  readonly element: XmlElement
  /** The session that the envelope's header names, without a cookie (soap-wire 7). */
  readonly token: string | undefined
  /** Whom the SAML token in the header is about; read for LoginByToken alone. */
  readonly subject: string | undefined
  /** What was read around the call; `outermost` is where it ends. */
  trail(outermost: Trail): Trail
}

/** A body that is no XML that is read: answered with a fault without detail. */
export class UnreadableBody extends Error {
  constructor(
    readonly code: 'ClientFaultCode' | 'ServerFaultCode',
    message: string,
  ) {
    super(message)
  }
}

/** Reads an envelope. Throws UnreadableBody for what is no XML, InvalidRequest for what is no call. */
export function readCall(body: Buffer): SoapCall {
  const envelope = readEnvelope(body)
  const before = request()
  const inEnvelope = (outermost: Trail) => within(outermost, 'while parsing SOAP envelope', envelope)
  if (envelope.name !== 'Envelope' || envelope.namespace !== SOAP)
    throw refused(`Unexpected element tag "${shown(envelope.name)}" seen`, inEnvelope(before))
  const soapBody = child(envelope, 'Body', SOAP)
  if (!soapBody) throw refused('The SOAP envelope has no Body', inEnvelope(before))
  const trail = (outermost: Trail) => within(inEnvelope(outermost), 'while parsing SOAP body', soapBody)
  const [element, second] = soapBody.children
  if (!element) throw refused('The SOAP body is empty', trail(before))
  if (element.namespace !== VIM)
    throw refused(
      `Unsupported namespace "${shown(element.namespace)}" in content of SOAP body`,
      trail(before),
    )
  if (second) throw refused(`Unexpected element tag "${shown(second.name)}" seen`, trail(before))
  const header = child(envelope, 'Header', SOAP)
  const token = header && child(header, 'vcSessionCookie')?.text.trim().replace(/^"|"$/g, '')
  return {
    element,
    token: token === '' ? undefined : token,
    get subject() {
      return header && subjectOf(header)
    },
    trail,
  }
}

const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'
const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion'

/** The NameID of the assertion in a `wsse:Security` header. */
function subjectOf(header: XmlElement): string | undefined {
  const security = child(header, 'Security', WSSE)
  const assertion = security && child(security, 'Assertion', SAML)
  const subject = assertion && child(assertion, 'Subject', SAML)
  return (subject && child(subject, 'NameID', SAML))?.text.trim() || undefined
}

function readEnvelope(body: Buffer): XmlElement {
  const text = textOf(body)
  if (text.trim() === '') throw unreadable('no element found')
  try {
    return readXml(text)
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    const where = `at line ${error.line}, column ${error.column - 1}`
    if (error.problem === 'limit') throw beyond(error.message, where)
    throw unreadable(`not well-formed (invalid token): ${error.message}, ${where}`)
  }
}

/** A document that is larger than it may be; of its elements the real thing says it in these words (soap-wire 8.4). */
function beyond(limit: string, where: string): UnreadableBody {
  const { elements } = XML_LIMITS
  const what =
    limit === `more than ${elements} elements`
      ? `XML document element count exceeds configured maximum ${elements}`
      : `The XML document has ${limit}`
  const trail = { lines: ['while parsing SOAP envelope', where], up: request() }
  return new UnreadableBody('ServerFaultCode', refusalText(what, trail))
}

const unreadable = (why: string) =>
  new UnreadableBody('ClientFaultCode', refusalText(`Error returned by expat parser: ${why}`, request()))

/** The charset that the declaration of a document names. */
const DECLARED = /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]+)["']/

const LATIN: ReadonlySet<string> = new Set(['iso-8859-1', 'us-ascii', 'ascii', 'latin1'])

/** The document as text, in an encoding that expat reads too. */
function textOf(body: Buffer): string {
  const mark = body.length >= 2 ? body.readUInt16BE(0) : 0
  if (mark === 0xfeff || mark === 0xfffe) return decoded(body, mark === 0xfeff ? 'utf-16be' : 'utf-16le')
  const [, encoding = 'utf-8'] = DECLARED.exec(body.toString('latin1', 0, 200)) ?? []
  const name = encoding.toLowerCase()
  if (LATIN.has(name)) return body.toString('latin1')
  if (name !== 'utf-8' && name !== 'utf8') throw unreadable(`unknown encoding ${shown(encoding)}`)
  return isAscii(body) ? body.toString('latin1') : decoded(body, 'utf-8')
}

const decoders = new Map<string, InstanceType<typeof TextDecoder>>()

function decoded(body: Buffer, encoding: string): string {
  let decoder = decoders.get(encoding)
  if (!decoder) {
    decoder = new TextDecoder(encoding, { fatal: true })
    decoders.set(encoding, decoder)
  }
  try {
    return decoder.decode(body)
  } catch {
    throw unreadable(`not well-formed (invalid token): the document is not valid ${encoding.toUpperCase()}`)
  }
}
