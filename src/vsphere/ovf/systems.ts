import { child, childrenOf, type XmlElement } from '#xml/element.js'
import {
  isOvf,
  isRequired,
  isTrue,
  ovfAttribute,
  parts,
  type Reading,
  requiredAttribute,
  textOf,
  vmwAttribute,
  wholeNumber,
} from './elements.js'
import type {
  OvfCollection,
  OvfContent,
  OvfIpAssignment,
  OvfOperatingSystem,
  OvfStartup,
  OvfSystem,
} from './envelope.js'
import { readHardware } from './hardware-section.js'
import { problem } from './problems.js'
import { readProduct } from './products.js'

/** Sections that are understood, or that say nothing that a fake host could heed. */
const KNOWN: ReadonlySet<string> = new Set([
  'ProductSection',
  'PropertySection',
  'EulaSection',
  'AnnotationSection',
  'OperatingSystemSection',
  'VirtualHardwareSection',
  'InstallSection',
  'ResourceAllocationSection',
  'StartupSection',
  'References',
  'DiskSection',
  'SharedDiskSection',
  'NetworkSection',
  'DeploymentOptionSection',
  // vMware's own.
  'IpAssignmentSection',
  'BootOrderSection',
  'StorageGroupSection',
  'StorageSection',
  'TagBasedPlacementGroupSection',
  'TagBasedPlacementSection',
  'CpuCompatibilitySection',
  'MigrationUpgradeRequisitesSection',
  'VirtualDeviceGroupSection',
  'vServiceDependencySection',
])

/** Sections that nobody knows: a problem unless the package says that they may be left out. */
export function checkSections({ problems }: Reading, parent: XmlElement): void {
  for (const section of parent.children) {
    if (!section.name.endsWith('Section') || KNOWN.has(section.name)) continue
    const name = isOvf(section) ? section.name : `{${section.namespace}}${section.name}`
    const info = child(section, 'Info')?.text.trim() ?? ''
    problems.tell(
      isRequired(section) ? 'error' : 'warning',
      problem('OvfUnsupportedSection', { lineNumber: section.line, name, info }),
    )
  }
}

/** Levels of collections in collections. */
const DEEPEST = 16

/** A virtual machine, or a collection of them. */
export function readContent(reading: Reading, element: XmlElement, depth = 0): OvfContent {
  checkSections(reading, element)
  const entity = {
    id: requiredAttribute(reading, element, 'id'),
    name: textOf(reading, element, 'Name'),
    products: childrenOf(element, 'ProductSection').map((section) => readProduct(reading, section)),
    eulas: childrenOf(element, 'EulaSection').map((section) => textOf(reading, section, 'License') ?? ''),
    annotation: annotationOf(reading, element),
    ipAssignment: readIpAssignment(element),
    line: element.line,
  }
  if (element.name === 'VirtualSystemCollection') {
    const children = depth < DEEPEST ? element.children.filter(isContent) : []
    const collection: OvfCollection = {
      ...entity,
      kind: 'collection',
      children: children.map((each) => readContent(reading, each, depth + 1)),
      startup: childrenOf(element, 'StartupSection').flatMap(readStartup),
    }
    return collection
  }
  const hardware = childrenOf(element, 'VirtualHardwareSection').map((each) => readHardware(reading, each))
  if (hardware.length === 0) reading.problems.missingElement(element, 'VirtualHardwareSection')
  const system: OvfSystem = {
    ...entity,
    kind: 'system',
    operatingSystem: readOperatingSystem(reading, element),
    hardware,
    storageGroup: storageGroupOf(element),
    install: readInstall(element),
  }
  return system
}

export const isContent = ({ name }: XmlElement) =>
  name === 'VirtualSystem' || name === 'VirtualSystemCollection'

function annotationOf(reading: Reading, element: XmlElement): string | undefined {
  const texts = childrenOf(element, 'AnnotationSection').map((section) =>
    textOf(reading, section, 'Annotation'),
  )
  return texts.length === 0 ? undefined : texts.join('\n')
}

export function readIpAssignment(element: XmlElement): OvfIpAssignment | undefined {
  const section = child(element, 'IpAssignmentSection')
  return (
    section && {
      schemes: parts(vmwAttribute(section, 'schemes')),
      protocols: parts(vmwAttribute(section, 'protocols')),
    }
  )
}

function readOperatingSystem(reading: Reading, element: XmlElement): OvfOperatingSystem | undefined {
  const section = child(element, 'OperatingSystemSection')
  if (!section) return undefined
  const text = requiredAttribute(reading, section, 'id')
  const id = wholeNumber(text)
  if (id === undefined && text !== '') reading.problems.malformed(section, 'id', text)
  return {
    id: id ?? 0,
    osType: vmwAttribute(section, 'osType'),
    description: textOf(reading, section, 'Description') ?? '',
    line: section.line,
  }
}

function storageGroupOf(element: XmlElement): string | undefined {
  const section = child(element, 'StorageSection')
  return section && vmwAttribute(section, 'group')
}

function readInstall(element: XmlElement): OvfSystem['install'] {
  const section = child(element, 'InstallSection')
  return section && { stopDelay: wholeNumber(ovfAttribute(section, 'initialBootStopDelay') ?? '') ?? 0 }
}

function readStartup(section: XmlElement): readonly OvfStartup[] {
  return childrenOf(section, 'Item').map((item) => {
    const number = (name: string) => wholeNumber(ovfAttribute(item, name) ?? '') ?? 0
    return {
      id: ovfAttribute(item, 'id') ?? '',
      order: number('order'),
      startDelay: number('startDelay'),
      stopDelay: number('stopDelay'),
      waitingForGuest: isTrue(ovfAttribute(item, 'waitingForGuest')),
      startAction: ovfAttribute(item, 'startAction') ?? 'powerOn',
      stopAction: ovfAttribute(item, 'stopAction') ?? 'powerOff',
    }
  })
}
