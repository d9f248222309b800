import { recordKind } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import type { CustomizationSpecItem } from '#vim25/generated/types.js'

/** A saved customization specification; record `customizationSpec:<name>`. */
export interface SavedSpec {
  readonly item: CustomizationSpecItem
}

export const savedSpecs = recordKind<SavedSpec>('customizationSpec')
export const savedSpecId = (name: string) => `customizationSpec:${name}`

/** The manager exists once. */
export const MANAGER = 'CustomizationSpecManager'

/** The saved specification of that name. */
export const savedSpec = (read: Reader, name: string): CustomizationSpecItem | undefined =>
  read.find(savedSpecs, savedSpecId(name))?.item

/** All of them, by name. */
export const allSavedSpecs = (read: Reader): readonly CustomizationSpecItem[] =>
  [...read.ids(savedSpecs)]
    .map((id) => read.get(savedSpecs, id).item)
    .sort((a, b) => (a.info.name < b.info.name ? -1 : 1))
