import { child, childrenOf, type XmlElement } from '#xml/element.js'
import {
  isRequired,
  isTrue,
  ovfAttribute,
  parts,
  type Reading,
  VMW,
  vmwAttribute,
  wholeNumber,
  words,
} from './elements.js'
import type { OvfHardware, OvfItem, OvfOption } from './envelope.js'

/** VirtualHardwareSection: the machine that the software needs. */
export function readHardware(reading: Reading, section: XmlElement): OvfHardware {
  const system = child(section, 'System')
  const family = system && child(system, 'VirtualSystemType')?.text
  const items = section.children.filter(({ name }) => ITEMS.has(name))
  return {
    families: family?.split(/[\s,;]+/).filter(Boolean) ?? [],
    transport: words(ovfAttribute(section, 'transport')).flatMap(parts),
    items: items.flatMap((item) => readItem(reading, item) ?? []),
    config: options(section, 'Config'),
    extraConfig: options(section, 'ExtraConfig'),
    line: section.line,
  }
}

/** OVF 2 has elements of their own for storage and Ethernet. */
const ITEMS = new Set(['Item', 'StorageItem', 'EthernetPortItem'])

const options = (parent: XmlElement, name: string): readonly OvfOption[] =>
  childrenOf(parent, name, VMW).flatMap((element) => {
    const key = vmwAttribute(element, 'key')
    if (!key) return []
    return [{ key, value: vmwAttribute(element, 'value') ?? '', required: isRequired(element) }]
  })

function readItem(reading: Reading, element: XmlElement): OvfItem | undefined {
  // Items can come as ranges; what is deployed is the normal one.
  if (ovfAttribute(element, 'bound') !== undefined) return undefined
  const text = (name: string) => child(element, name)?.text.trim()
  const number = (name: string) => {
    const found = text(name)
    if (found === undefined || found === '') return undefined
    const value = wholeNumber(found)
    if (value === undefined) reading.problems.malformed(element, name, found)
    return value
  }
  const instanceId = text('InstanceID') ?? text('InstanceId')
  if (instanceId === undefined) reading.problems.missingElement(element, 'InstanceID')
  if (text('ResourceType') === undefined) reading.problems.missingElement(element, 'ResourceType')
  const resourceType = number('ResourceType')
  if (instanceId === undefined || resourceType === undefined) return undefined
  const many = (name: string) => childrenOf(element, name).map((each) => each.text.trim())
  return {
    instanceId,
    resourceType,
    subTypes: many('ResourceSubType').flatMap((each) => each.split(/[\s,]+/).filter(Boolean)),
    name: text('ElementName') ?? text('Caption') ?? '',
    parent: text('Parent') || undefined,
    address: text('Address'),
    addressOnParent: text('AddressOnParent'),
    units: text('AllocationUnits'),
    quantity: number('VirtualQuantity'),
    reservation: number('Reservation'),
    limit: number('Limit'),
    weight: number('Weight'),
    coresPerSocket: wholeNumber(child(element, 'CoresPerSocket', VMW)?.text ?? ''),
    hostResource: many('HostResource'),
    connection: many('Connection'),
    automaticAllocation: isTrue(text('AutomaticAllocation')),
    config: options(element, 'Config'),
    storageGroup: child(element, 'StorageGroup', VMW)?.text.trim(),
    configurations: words(ovfAttribute(element, 'configuration')),
    required: isRequired(element),
    line: element.line,
  }
}
