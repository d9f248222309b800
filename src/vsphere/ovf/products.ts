import { childrenOf, type XmlElement } from '#xml/element.js'
import {
  isTrue,
  ovfAttribute,
  type Reading,
  requiredAttribute,
  textOf,
  vmwAttribute,
  words,
} from './elements.js'
import type { OvfProduct, OvfProperty } from './envelope.js'

/** ProductSection: what the software is called, and what can be set in it. */
export function readProduct(reading: Reading, section: XmlElement): OvfProduct {
  const text = (name: string) => textOf(reading, section, name) ?? ''
  return {
    class: ovfAttribute(section, 'class') ?? '',
    instance: ovfAttribute(section, 'instance') ?? '',
    name: text('Product'),
    vendor: text('Vendor'),
    version: text('Version'),
    fullVersion: text('FullVersion'),
    productUrl: text('ProductUrl'),
    vendorUrl: text('VendorUrl'),
    appUrl: text('AppUrl'),
    properties: readProperties(reading, section),
  }
}

/** Properties are in the category that stands before them. */
function readProperties(reading: Reading, section: XmlElement): readonly OvfProperty[] {
  const properties: OvfProperty[] = []
  let category = ''
  for (const element of section.children) {
    if (element.name === 'Category') category = labelOf(reading, element)
    if (element.name === 'Property') {
      const found = readProperty(reading, element, category)
      if (found) properties.push(found)
    }
  }
  return properties
}

const labelOf = (reading: Reading, element: XmlElement) =>
  reading.texts.get(ovfAttribute(element, 'msgid') ?? '') ?? element.text.trim()

function readProperty(reading: Reading, element: XmlElement, category: string): OvfProperty | undefined {
  const key = requiredAttribute(reading, element, 'key')
  if (key === '') return undefined
  if (/\s/.test(key)) {
    reading.problems.malformed(element, 'key', key)
    return undefined
  }
  const values = new Map<string, string>()
  for (const value of childrenOf(element, 'Value')) {
    const configuration = ovfAttribute(value, 'configuration')
    if (configuration !== undefined) values.set(configuration, ovfAttribute(value, 'value') ?? '')
  }
  return {
    key,
    type: ovfAttribute(element, 'type') ?? 'string',
    qualifiers: [ovfAttribute(element, 'qualifiers'), vmwAttribute(element, 'qualifiers')]
      .filter((each, at, all) => each !== undefined && all.indexOf(each) === at)
      .join(','),
    userConfigurable: isTrue(ovfAttribute(element, 'userConfigurable')),
    password: isTrue(ovfAttribute(element, 'password')),
    value: ovfAttribute(element, 'value') ?? '',
    values,
    configurations: words(ovfAttribute(element, 'configuration')),
    label: textOf(reading, element, 'Label') ?? '',
    description: textOf(reading, element, 'Description') ?? '',
    category,
    line: element.line,
  }
}
