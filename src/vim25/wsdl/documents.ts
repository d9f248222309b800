import { VERSIONS } from '../schema.js'
import {
  declaredFaults,
  faultElement,
  faultsAt,
  messageElements,
  methodsAt,
  partOfMethod,
  requestType,
} from './messages.js'
import { bindingOperation, messages, portOperation } from './operations.js'
import { typeDeclarations } from './types.js'

const XML = '<?xml version="1.0" encoding="UTF-8"?>'
const XSD = 'http://www.w3.org/2001/XMLSchema'
const NAMESPACES = `xmlns:vim25="urn:vim25" xmlns:xsd="${XSD}" xmlns:reflect="urn:reflect"`

type Write = (release: number) => readonly string[]

/**
 * The nine documents that describe vim25 to SOAP toolkits (fact sheet soap-wire 1.2), each written from the schema: file
 * name -> lines at a release. The `reflect` pair describes a namespace that is not served; toolkits fetch it all the same
 * and stop at a 404.
 */
const DOCUMENTS: Readonly<Record<string, Write>> = {
  'vimService.wsdl': service,
  'vim.wsdl': interfaceOf,
  'core-types.xsd': (release) => schema('urn:vim25', [], typeDeclarations('core', release)),
  'query-types.xsd': (release) => schema('urn:vim25', ['core-types.xsd'], typeDeclarations('query', release)),
  'vim-types.xsd': (release) =>
    schema('urn:vim25', ['core-types.xsd', 'query-types.xsd'], typeDeclarations('vim', release)),
  'query-messagetypes.xsd': (release) =>
    schema('urn:vim25', ['core-types.xsd', 'query-types.xsd'], requestTypes('query', release)),
  'vim-messagetypes.xsd': (release) =>
    schema('urn:vim25', ['core-types.xsd', 'query-types.xsd', 'vim-types.xsd'], requestTypes('vim', release)),
  'reflect-types.xsd': () => schema('urn:reflect', [], []),
  'reflect-messagetypes.xsd': () => schema('urn:reflect', ['reflect-types.xsd'], []),
}

export const WSDL_DOCUMENTS = Object.keys(DOCUMENTS)

/** A document's text at a release (an index into VERSIONS); undefined for a name that none has. */
export function wsdlDocument(name: string, release: number): string | undefined {
  const write = Object.hasOwn(DOCUMENTS, name) ? DOCUMENTS[name] : undefined
  return write && `${[XML, ...write(release)].join('\n')}\n`
}

function schema(target: string, included: readonly string[], declared: readonly string[]): readonly string[] {
  return [
    `<schema targetNamespace="${target}" xmlns="${XSD}" ${NAMESPACES} elementFormDefault="qualified">`,
    ...included.map((file) => `<include schemaLocation="${file}"/>`),
    ...declared,
    '</schema>',
  ]
}

const requestTypes = (part: 'query' | 'vim', release: number) =>
  methodsAt(release)
    .filter((method) => partOfMethod(method) === part)
    .map((method) => requestType(method, release))

/** Toolkits read the address, and some only the target namespace, by which they know a vim25 server. */
function service(): readonly string[] {
  return [
    '<definitions targetNamespace="urn:vim25Service" xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:interface="urn:vim25">',
    '<import location="vim.wsdl" namespace="urn:vim25"/>',
    '<service name="VimService">',
    '<port binding="interface:VimBinding" name="VimPort">',
    '<soap:address location="https://localhost/sdk/vimService"/>',
    '</port>',
    '</service>',
    '</definitions>',
  ]
}

function interfaceOf(release: number): readonly string[] {
  const methods = methodsAt(release)
  const faults = faultsAt(release)
  const action = `urn:vim25/${VERSIONS[release] ?? ''}`
  return [
    `<definitions targetNamespace="urn:vim25" xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" ${NAMESPACES}>`,
    '<types>',
    `<schema targetNamespace="urn:vim25" xmlns="${XSD}" ${NAMESPACES} elementFormDefault="qualified">`,
    ...['core-types', 'query-types', 'query-messagetypes', 'vim-types', 'vim-messagetypes'].map(
      (file) => `<include schemaLocation="${file}.xsd"/>`,
    ),
    '<element name="versionURI" type="xsd:string"/>',
    ...faults.map(faultElement),
    ...methods.flatMap((method) => messageElements(method, release)),
    '</schema>',
    '</types>',
    ...messages(
      methods.map((method) => method.name),
      faults,
    ),
    '<portType name="VimPortType">',
    ...methods.map((method) => portOperation(method.name, declaredFaults(method, release))),
    '</portType>',
    '<binding name="VimBinding" type="vim25:VimPortType">',
    '<soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>',
    ...methods.map((method) => bindingOperation(method.name, declaredFaults(method, release), action)),
    '</binding>',
    '</definitions>',
  ]
}
