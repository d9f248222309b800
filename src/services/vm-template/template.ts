import { index } from '#inventory/indexes.js'
import type { Reader } from '#inventory/reader.js'
import { findItem, requireItem } from '../content-library/items.js'
import { type LibraryItem, libraryItems, type VmTemplate } from '../content-library/records.js'
import { invalid } from './errors.js'

/** An item of a library that is a VM template. */
export interface TemplateItem extends LibraryItem {
  readonly vmTemplate: VmTemplate
}

/** Undefined for an item without a VM template. Throws NOT_FOUND. */
export function templateItem(read: Reader, id: string): TemplateItem | undefined {
  const item = requireItem(read, id)
  return isTemplate(item) ? item : undefined
}

/** Throws NOT_FOUND, INVALID_ARGUMENT for an item without a VM template. */
export function requireTemplate(read: Reader, id: string): TemplateItem {
  const item = templateItem(read, id)
  if (!item) throw invalid('not_a_vm_template', id)
  return item
}

export const isTemplate = (item: LibraryItem): item is TemplateItem => item.vmTemplate !== undefined

/** The same item after a wait; undefined when it went meanwhile. */
export function stillThere(read: Reader, id: string): TemplateItem | undefined {
  const item = findItem(read, id)
  return item && isTemplate(item) ? item : undefined
}

/** The version of an item's latest template. */
export const versionOf = ({ contentVersion }: Pick<LibraryItem, 'contentVersion'>): string =>
  String(contentVersion)

/** Bytes that a virtual machine's files take. */
export const sizeOfVm = (read: Reader, vm: string): number =>
  Number(read.find('VirtualMachine', vm)?.summary.storage?.committed ?? 0)

/** Items by every virtual machine that they have to do with: templates, and what is checked out. */
export const itemsByVm = index<LibraryItem>({
  name: 'libraryItem.vm',
  type: 'libraryItem',
  inputs: ['vmTemplate'],
  keys: ({ vmTemplate }) => [vmTemplate?.vm, vmTemplate?.previous?.vm, vmTemplate?.checkOut?.vm],
})

export const itemsWith = (read: Reader, vm: string): readonly TemplateItem[] =>
  read
    .lookup(itemsByVm, vm)
    .map((key) => read.get(libraryItems, key))
    .filter(isTemplate)

/** The item out of which a virtual machine is checked. */
export const checkedOutOf = (read: Reader, vm: string): TemplateItem | undefined =>
  itemsWith(read, vm).find(({ vmTemplate }) => vmTemplate.checkOut?.vm === vm)
