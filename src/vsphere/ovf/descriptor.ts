import { fault, localized } from '#vim25/fault.js'
import { childrenOf, type XmlElement } from '#xml/element.js'
import { readXml, XmlError } from '#xml/read.js'
import {
  isOvf,
  isTrue,
  ovfAttribute,
  type Reading,
  requiredAttribute,
  textOf,
  vmwAttribute,
} from './elements.js'
import type { OvfConfiguration, OvfEnvelope, OvfNetwork } from './envelope.js'
import { createProblems, type Problems, problem } from './problems.js'
import { readDisks, readFiles } from './storage-sections.js'
import { checkSections, isContent, readContent, readIpAssignment } from './systems.js'

export interface ReadDescriptor {
  /** Undefined when the text is no descriptor at all; the problems say why. */
  readonly envelope: OvfEnvelope | undefined
  readonly problems: Problems
}

/** Largest descriptor that is looked at, in characters: what a SOAP request may carry (fact sheet soap-wire 8.4). */
export const LONGEST_DESCRIPTOR = 20_000_000

/**
 * Reads an OVF descriptor. Whatever the text is, nothing is thrown: `problems` has typed OVF faults with line numbers.
 * `texts` are the client's message bundle, by message id.
 */
export function readDescriptor(
  text: string,
  texts: readonly { readonly key: string; readonly value: string }[] = [],
): ReadDescriptor {
  const problems = createProblems()
  const root = parse(text, problems)
  if (!root) return { envelope: undefined, problems }
  if (root.name !== 'Envelope') {
    problems.tell('error', problem('OvfWrongElement', { lineNumber: root.line, name: root.name }))
    return { envelope: undefined, problems }
  }
  if (!isOvf(root)) {
    problems.tell(
      'error',
      problem('OvfWrongNamespace', { lineNumber: root.line, namespaceName: root.namespace }),
    )
    return { envelope: undefined, problems }
  }
  const reading: Reading = {
    problems,
    texts: new Map([
      ...childrenOf(root, 'Strings').flatMap(messages),
      ...texts.map(({ key, value }) => [key, value] as const),
    ]),
  }
  return { envelope: readEnvelope(reading, root), problems }
}

function parse(text: string, problems: Problems): XmlElement | undefined {
  if (text.length > LONGEST_DESCRIPTOR) {
    const description = `more than ${LONGEST_DESCRIPTOR} characters`
    problems.tell('error', problem('OvfXmlFormat', { lineNumber: 1, description }))
    return undefined
  }
  try {
    // A byte order mark is no part of the text.
    return readXml(text.replace(/^\ufeff/, ''))
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    const { line, message } = error
    problems.tell('error', localized(fault('OvfXmlFormat', { lineNumber: line, description: message })))
    return undefined
  }
}

/** Strings/Msg: texts by message id. */
const messages = (section: XmlElement) =>
  childrenOf(section, 'Msg').flatMap((message) => {
    const id = ovfAttribute(message, 'msgid')
    return id === undefined ? [] : [[id, message.text.trim()] as const]
  })

function readEnvelope(reading: Reading, root: XmlElement): OvfEnvelope | undefined {
  checkSections(reading, root)
  const files = readFiles(reading, root)
  const disks = readDisks(reading, root, files)
  const [first, second] = root.children.filter(isContent)
  if (second)
    reading.problems.tell(
      'error',
      problem('OvfDuplicateElement', { lineNumber: second.line, name: second.name }),
    )
  if (!first) {
    reading.problems.missingElement(root, 'VirtualSystem')
    return undefined
  }
  const content = readContent(reading, first)
  const envelope: OvfEnvelope = {
    files,
    disks,
    networks: readNetworks(reading, root),
    configurations: readConfigurations(reading, root),
    storageGroups: readStorageGroups(root),
    content: { ...content, ipAssignment: content.ipAssignment ?? readIpAssignment(root) },
  }
  return envelope
}

function readNetworks(reading: Reading, root: XmlElement): readonly OvfNetwork[] {
  return childrenOf(root, 'NetworkSection')
    .flatMap((section) => childrenOf(section, 'Network'))
    .flatMap((element) => {
      const name = requiredAttribute(reading, element, 'name')
      const description = textOf(reading, element, 'Description') ?? ''
      return name === '' ? [] : [{ name, description, line: element.line }]
    })
}

const readStorageGroups = (root: XmlElement) =>
  childrenOf(root, 'StorageGroupSection').map((section) => {
    const id = vmwAttribute(section, 'id') ?? ''
    return { id, name: vmwAttribute(section, 'name') ?? id }
  })

/** DeploymentOptionSection; the first is the default one if none says so. */
function readConfigurations(reading: Reading, root: XmlElement): readonly OvfConfiguration[] {
  const found = childrenOf(root, 'DeploymentOptionSection')
    .flatMap((section) => childrenOf(section, 'Configuration'))
    .map((element) => ({
      id: requiredAttribute(reading, element, 'id'),
      label: textOf(reading, element, 'Label') ?? '',
      description: textOf(reading, element, 'Description') ?? '',
      isDefault: isTrue(ovfAttribute(element, 'default')),
    }))
    .filter(({ id }) => id !== '')
  const chosen = Math.max(
    0,
    found.findIndex(({ isDefault }) => isDefault),
  )
  return found.map((each, at) => ({ ...each, isDefault: at === chosen }))
}
