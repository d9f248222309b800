import { descriptor, withOvfManager } from '#vsphere/ovf/testing.js'
import { createLibraryLab, type LibraryLab } from '../content-library/testing.js'

export const OVF_ITEM = 'com.vmware.vcenter.ovf.library_item'

export interface OvfLab extends LibraryLab {
  /** An item with a package in a library of the datastore. */
  package(text?: string, files?: Readonly<Record<string, string>>): Promise<string>
}

export function createOvfLab(): OvfLab {
  const lab = withOvfManager(createLibraryLab())
  let number = 0
  return Object.assign(lab, {
    async package(
      text = descriptor(),
      files: Readonly<Record<string, string>> = { 'disk1.vmdk': 'the disk' },
    ) {
      const library = await lab.library({ name: `images ${++number}` })
      return lab.filled(library, `item ${number}`, { 'vm.ovf': text, ...files })
    },
  })
}
