import { arrayTypeName } from '../any.js'
import { boxContent, boxName } from '../json/type-info.js'
import type { Property } from '../schema.js'

export const VIM = 'urn:vim25'
export const XSI = 'http://www.w3.org/2001/XMLSchema-instance'
export const XSD = 'http://www.w3.org/2001/XMLSchema'

/** The name of the type of references, of attributes `type` and of boxes. */
export const REFERENCE = 'ManagedObjectReference'

/** XML Schema's names where they differ from the schema's; what the schema tells apart beyond them is a string. */
const XSD_NAMES: Readonly<Record<string, string>> = {
  binary: 'base64Binary',
  PropertyPath: 'string',
  TypeName: 'string',
  MethodName: 'string',
}

/** A primitive's name in XML Schema, without prefix. */
export const xsdName = (primitive: string): string => XSD_NAMES[primitive] ?? primitive

/** What a value in an Any slot says of its type, and what the box around an array of it is called (soap-wire 2.4, 2.5). */
export interface SlotNames {
  /** The value of xsi:type, with the prefix of XML Schema where the type is its. */
  readonly type: string
  /** The element inside an array's box; the box is `ArrayOf` and this. */
  readonly element: string
}

/** The names for one value of this property. */
export function slotNames(property: Property): SlotNames {
  if (property.kind === 'primitive') {
    const name = xsdName(property.type)
    return { type: `xsd:${name}`, element: name }
  }
  if (property.kind === 'any') return { type: 'xsd:anyType', element: 'anyType' }
  const name = boxName(property)
  return { type: name, element: name }
}

/** The name of the box around an array, as SOAP has it: ArrayOfString, ArrayOfBase64Binary, ArrayOfVirtualDevice. */
export const arrayBoxName = (property: Property): string => arrayTypeName(slotNames(property).element)

/** What a box of this name in SOAP holds, and what state calls the box; undefined for a name that no box has. */
export function arrayBox(name: string): { readonly box: string; readonly content: Property } | undefined {
  const box = name === 'ArrayOfBase64Binary' ? 'ArrayOfBinary' : name
  if (!box.startsWith('ArrayOf') || name === 'ArrayOfBinary') return undefined
  const content = boxContent(box)
  return content && { box, content }
}
