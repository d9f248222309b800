import type {
  VcenterVmTemplateLibraryItemsCreateSpec,
  VcenterVmTemplateLibraryItemsDeploySpec,
} from '#vapi/generated/types.js'
import { data } from '#vim25/data.js'
import { contentService } from '../content-library/content-service.js'
import { checkItemName } from '../content-library/items.js'
import { requireLibrary } from '../content-library/libraries.js'
import { checkDescription } from '../content-library/library-spec.js'
import type { Library } from '../content-library/records.js'
import type { ServiceCall } from '../core/call.js'
import { customizationNamed } from '../vm/customization.js'
import { machineOrTemplate } from '../vm/hardware/machine.js'
import { badPlacement, placementOf } from '../vm/placement.js'
import { type Copy, powerOn, requirePowerOn, staying } from './copy.js'
import { invalid } from './errors.js'
import { hardwareChanges } from './hardware-spec.js'
import { templateInfo } from './info.js'
import { copyFor } from './pending.js'
import { type StoragePlan, storagePlan } from './storage-spec.js'
import { requireTemplate, type TemplateItem, templateItem } from './template.js'

/** VM templates as items of libraries: made of virtual machines, and virtual machines made of them. */
export const templateItems = contentService('com.vmware.vcenter.vm_template.library_items', {
  /** The template is cloned from the VM by vim25 and belongs to the library from then on. */
  async create(call, { spec }) {
    const library = requireLibrary(call.read, spec.library)
    if (library.type !== 'LOCAL') throw invalid('library_not_local', library.id)
    const { config } = machineOrTemplate(call, spec.source_vm)
    if (config.template) throw invalid('invalid_source_vm_template_not_supported', spec.source_vm)
    const name = checkItemName(call.read, library.id, spec.name)
    const description = checkDescription(spec.description ?? config.annotation)
    const storage = storageInLibrary(call, library, spec)
    const copy = templateOf(call, spec, name, description, storage)
    const { policies } = storage
    return copyFor(staying(call), spec.source_vm, copy, {
      kind: 'template',
      library: library.id,
      name,
      description,
      policies,
    })
  },

  get(call, { template_library_item }) {
    const item = templateItem(call.read, template_library_item)
    return item && templateInfo(call, item.vmTemplate.vm)
  },

  async deploy(call, { template_library_item, spec }) {
    const item = requireTemplate(call.read, template_library_item)
    const { vm: template } = item.vmTemplate
    const storage = storagePlan(call, template, spec, { datastore: undefined, sourcePolicies: true })
    const copy = deployment(call, item, spec, storage)
    requirePowerOn(call, spec.powered_on, copy.folder)
    const patient = staying(call)
    const vm = await copyFor(patient, template, copy, { kind: 'vm', policies: storage.policies })
    powerOn(patient, spec.powered_on, vm)
    return vm
  },
})

/** Where nothing is said, everything goes to the library's own datastore. */
function storageInLibrary(
  call: ServiceCall,
  { id, backing }: Library,
  spec: VcenterVmTemplateLibraryItemsCreateSpec,
): StoragePlan {
  const { datastore_id: datastore } = backing
  if (datastore === undefined && !spec.vm_home_storage?.datastore)
    throw invalid('library_without_datastore', id, 'vm_home_storage')
  if (datastore === undefined && !spec.disk_storage?.datastore)
    throw invalid('library_without_datastore', id, 'disk_storage')
  return storagePlan(call, spec.source_vm, spec, { datastore, sourcePolicies: false })
}

/** CloneVM_Task's arguments for a new template. */
function templateOf(
  call: ServiceCall,
  { source_vm, placement }: VcenterVmTemplateLibraryItemsCreateSpec,
  name: string,
  annotation: string,
  { datastore, disks }: StoragePlan,
): Copy {
  if (!placement) throw invalid('field_required', 'placement')
  const { folder, pool, host } = placementOf(call, placement)
  const wanted = folder ?? call.read.get('VirtualMachine', source_vm).parent
  if (!wanted) throw badPlacement()
  return {
    folder: wanted,
    name,
    spec: data('VirtualMachineCloneSpec', {
      location: data('VirtualMachineRelocateSpec', {
        pool,
        host,
        datastore,
        disk: disks.length > 0 ? disks : undefined,
        diskMoveType: 'moveAllDiskBackingsAndConsolidate',
      }),
      config: data('VirtualMachineConfigSpec', { annotation }),
      template: true,
      powerOn: false,
    }),
  }
}

/** CloneVM_Task's arguments for a new VM; folder and pool, host or cluster have to be named (deviation 75). */
function deployment(
  call: ServiceCall,
  { vmTemplate, description }: TemplateItem,
  spec: VcenterVmTemplateLibraryItemsDeploySpec,
  storage: StoragePlan,
): Copy {
  if (!spec.placement) throw invalid('field_required', 'placement')
  const { folder, pool, host } = placementOf(call, spec.placement)
  if (!folder || !pool) throw badPlacement()
  const customization = customizationNamed(call, spec.guest_customization?.name)
  const hardware = hardwareChanges(
    call,
    vmTemplate.vm,
    spec.hardware_customization,
    spec.description ?? description,
  )
  const disks = storage.disks.filter(({ diskId }) => !hardware.removed.includes(diskId))
  return {
    folder,
    name: spec.name,
    spec: data('VirtualMachineCloneSpec', {
      location: data('VirtualMachineRelocateSpec', {
        pool,
        host,
        datastore: storage.datastore,
        disk: disks.length > 0 ? disks : undefined,
        diskMoveType: 'moveAllDiskBackingsAndConsolidate',
        deviceChange: hardware.deviceChange.length > 0 ? hardware.deviceChange : undefined,
      }),
      config: hardware.config,
      customization,
      template: false,
      powerOn: false,
    }),
  }
}
