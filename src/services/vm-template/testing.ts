import { expect } from 'vitest'
import type { VcenterVmTemplateLibraryItemsCreateSpec } from '#vapi/generated/types.js'
import type {
  VirtualDisk,
  VirtualDiskFlatVer2BackingInfo,
  VirtualEthernetCard,
} from '#vim25/generated/types.js'
import { secondStore } from '#vsphere/vm/clone-testing.js'
import { usual } from '#vsphere/vm/testing.js'
import { createLibraryLab, type LibraryLab } from '../content-library/testing.js'

export const ITEMS = 'com.vmware.vcenter.vm_template.library_items'
export const CHECK_OUTS = 'com.vmware.vcenter.vm_template.library_items.check_outs'
export const VERSIONS = 'com.vmware.vcenter.vm_template.library_items.versions'

/** The keys of the only disk and the only network card of the lab's VM. */
export const DISK = '2000'
export const CARD = '4000'

export interface TemplateLab extends LibraryLab {
  /** A local library on the NFS datastore. */
  readonly images: string
  /** Another datastore, on both hosts. */
  readonly other: string
  /** A VM `demo` with a disk and a network card. */
  readonly source: string
  /** An item with a template of `demo`. */
  template(changes?: Partial<VcenterVmTemplateLibraryItemsCreateSpec>): Promise<string>
  /** The VM behind an item. */
  machine(item: string): Promise<string>
  checkOut(item: string, name?: string): Promise<string>
  /** Where things can go: the folder of VMs and the cluster. */
  readonly placement: { readonly folder: string; readonly cluster: string }
}

export async function createTemplateLab(): Promise<TemplateLab> {
  const lab = createLibraryLab()
  const images = await lab.library()
  const other = secondStore(lab)
  const source = lab.create({ annotation: 'A demo.', deviceChange: usual() })
  const placement = { folder: lab.vmFolder, cluster: lab.cluster }
  return Object.assign(lab, {
    images,
    other,
    source,
    placement,
    template: (changes: Partial<VcenterVmTemplateLibraryItemsCreateSpec> = {}) =>
      lab.invoke(ITEMS, 'create', {
        spec: { source_vm: source, name: 'base', library: images, placement, ...changes },
      }),
    async machine(item: string) {
      const info = await lab.invoke(ITEMS, 'get', { template_library_item: item })
      return info?.vm_template ?? ''
    },
    checkOut: (item: string, name = 'work') =>
      lab.invoke(CHECK_OUTS, 'check_out', { template_library_item: item, spec: { name, placement } }),
  })
}

export const stateOf = (lab: TemplateLab, vm: string) => lab.sandbox.inventory.read.get('VirtualMachine', vm)

export const backing = (lab: TemplateLab, vm: string) =>
  (lab.device(vm, Number(DISK)) as VirtualDisk).backing as VirtualDiskFlatVer2BackingInfo

export const card = (lab: TemplateLab, vm: string) => lab.device(vm, Number(CARD)) as VirtualEthernetCard

/** The type and the message of an operation's error; one that is refused leaves everything as it was. */
export async function refusalOf(lab: TemplateLab, service: string, operation: string, input: object) {
  const before = lab.objects()
  const { type, messages } = await lab.error(service, operation, input)
  expect(lab.objects()).toEqual(before)
  return [type, messages[0]?.id.replace(/^com\.vmware\./, '')]
}
