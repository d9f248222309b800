import { attribute, child, type XmlElement } from '#xml/element.js'
import type { Problems } from './problems.js'

/** Namespaces of OVF 1.x and 2.x. */
export const OVF = [
  'http://schemas.dmtf.org/ovf/envelope/1',
  'http://schemas.dmtf.org/ovf/envelope/2',
] as const
export const VMW = 'http://www.vmware.com/schema/ovf'

/** What reading needs beside the element. */
export interface Reading {
  readonly problems: Problems
  /** Texts by message id (`ovf:msgid`), of the package and of the client. */
  readonly texts: ReadonlyMap<string, string>
}

export const isOvf = ({ namespace }: XmlElement) => (OVF as readonly string[]).includes(namespace)

/** An attribute of OVF: with its namespace or without any. */
export function ovfAttribute(element: XmlElement, name: string): string | undefined {
  for (const namespace of [...OVF, '']) {
    const value = attribute(element, name, namespace)
    if (value !== undefined) return value
  }
  return undefined
}

/** An attribute of vMware's extension. */
export const vmwAttribute = (element: XmlElement, name: string) =>
  attribute(element, name, VMW) ?? attribute(element, name)

/** An attribute that must be there; '' after telling that it is not. */
export function requiredAttribute({ problems }: Reading, element: XmlElement, name: string): string {
  const value = ovfAttribute(element, name)
  if (value === undefined) problems.missingAttribute(element, name)
  return value ?? ''
}

/** `ovf:required`: true unless it says otherwise. */
export const isRequired = (element: XmlElement) =>
  !/^(false|0)$/i.test(ovfAttribute(element, 'required') ?? '')

export const isTrue = (value: string | undefined) => /^(true|1)$/i.test(value?.trim() ?? '')

/** A child's text, or that of its message id. */
export function textOf(reading: Reading, parent: XmlElement, name: string): string | undefined {
  const found = child(parent, name)
  if (!found) return undefined
  const id = ovfAttribute(found, 'msgid')
  return (id === undefined ? undefined : reading.texts.get(id)) ?? found.text.trim()
}

/** A list in an attribute: `small large`. */
export const words = (text: string | undefined): readonly string[] => text?.split(/\s+/).filter(Boolean) ?? []

/** A list in an attribute: `ovfenv,dhcp`. */
export const parts = (text: string | undefined): readonly string[] =>
  text
    ?.split(',')
    .map((part) => part.trim())
    .filter(Boolean) ?? []

/** A number that an attribute must hold, if it is there; undefined after telling that it is none. */
export function numberAttribute(
  { problems }: Reading,
  element: XmlElement,
  name: string,
): number | undefined {
  const text = ovfAttribute(element, name)
  if (text === undefined) return undefined
  const number = wholeNumber(text)
  if (number === undefined) problems.malformed(element, name, text)
  return number
}

/** A number from 0 that is exact; undefined for any other text. */
export function wholeNumber(text: string): number | undefined {
  const clean = text.trim()
  if (!/^\d{1,16}$/.test(clean)) return undefined
  const number = Number(clean)
  return Number.isSafeInteger(number) ? number : undefined
}
