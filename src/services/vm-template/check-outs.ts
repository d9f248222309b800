import { timestamp } from '#ports/clock.js'
import type { VcenterVmTemplateLibraryItemsCheckOutsCheckOutSpec } from '#vapi/generated/types.js'
import { data } from '#vim25/data.js'
import { requirePrivilege } from '#vsphere/authorization/check.js'
import { contentService } from '../content-library/content-service.js'
import { finishContent } from '../content-library/items.js'
import { requireLibrary } from '../content-library/libraries.js'
import { itemKey, libraryItems } from '../content-library/records.js'
import { requireCaller, type ServiceCall } from '../core/call.js'
import { requireObject } from '../core/objects.js'
import { badPlacement, placementOf } from '../vm/placement.js'
import { type Copy, powerOn, requirePowerOn, staying } from './copy.js'
import { invalid, refusal } from './errors.js'
import { copyFor, isLeaving } from './pending.js'
import { requireTemplate, sizeOfVm, type TemplateItem, versionOf } from './template.js'

/** Virtual machines in which the next versions of VM templates are made: one per item at a time. */
export const checkOuts = contentService('com.vmware.vcenter.vm_template.library_items.check_outs', {
  async check_out(call, { template_library_item, spec }) {
    const item = requireTemplate(call.read, template_library_item)
    if (requireLibrary(call.read, item.library).type !== 'LOCAL') throw invalid('subscribed_item', item.id)
    const copy = workingCopy(call, item, spec)
    requirePowerOn(call, spec?.powered_on, copy.folder)
    const patient = staying(call)
    if (item.vmTemplate.checkOut || isLeaving(patient.read, item.id))
      throw refusal('UNABLE_TO_ALLOCATE_RESOURCE', 'check_out_limit_exceeded', item.id)
    const { userName: user } = requireCaller(call)
    const vm = await copyFor(patient, item.vmTemplate.vm, copy, { kind: 'checkOut', item: item.id, user })
    powerOn(patient, spec?.powered_on, vm)
    return vm
  },

  /** The VM becomes the template; the one before it stays as the previous version, and the one before that goes. */
  check_in(call, { template_library_item, vm, spec }) {
    const item = requireCheckOut(call, template_library_item, vm)
    if (!spec) throw invalid('field_required', 'spec')
    const { message } = spec
    const { userName: user } = requireCaller(call)
    const { vm: former, previous: purged } = item.vmTemplate
    if (purged)
      requirePrivilege(call.read, call.session, call.read.ref(purged.vm), 'VirtualMachine.Inventory.Delete')
    call.vim('VirtualMachine', vm, 'MarkAsTemplate', {})
    const version = call.transact((ctx) => {
      const previous = { version: versionOf(item), vm: former }
      ctx.tx.set(libraryItems, itemKey(item.id), {
        vmTemplate: { vm, size: sizeOfVm(ctx.tx, vm), previous },
      })
      finishContent(ctx, item.id, { user, message })
      return versionOf(ctx.tx.get(libraryItems, itemKey(item.id)))
    })
    if (purged) call.vim('VirtualMachine', purged.vm, 'Destroy_Task', {})
    return version
  },

  list({ read }, { template_library_item }) {
    const { checkOut } = requireTemplate(read, template_library_item).vmTemplate
    return checkOut ? [{ vm: checkOut.vm }] : []
  },

  get(call, { template_library_item, vm }) {
    const { time, user } = requireCheckOut(call, template_library_item, vm).vmTemplate.checkOut
    return { time: timestamp(time), user }
  },

  /** Destroys the VM; the item forgets it then (family.ts). */
  async delete(call, { template_library_item, vm }) {
    requireCheckOut(call, template_library_item, vm)
    await call.task('VirtualMachine', vm, 'Destroy_Task', {})
  },
})

type CheckedOut = TemplateItem & {
  readonly vmTemplate: { readonly checkOut: NonNullable<TemplateItem['vmTemplate']['checkOut']> }
}

/** Throws NOT_FOUND for an item or a VM that is not there, INVALID_ARGUMENT for one that is not checked out of the item. */
function requireCheckOut(call: ServiceCall, id: string, vm: string): CheckedOut {
  const item = requireTemplate(call.read, id)
  requireObject(call, 'VirtualMachine', vm)
  if (item.vmTemplate.checkOut?.vm !== vm) throw invalid('vm_not_checked_out', vm, id)
  return item as CheckedOut
}

/** CloneVM_Task's arguments; name and placement are required, as documented up to 8.0. */
function workingCopy(
  call: ServiceCall,
  { vmTemplate }: TemplateItem,
  spec: VcenterVmTemplateLibraryItemsCheckOutsCheckOutSpec | undefined,
): Copy {
  if (!spec) throw invalid('field_required', 'spec')
  if (spec.name === undefined) throw invalid('field_required', 'name')
  if (!spec.placement) throw invalid('field_required', 'placement')
  const {
    folder = call.read.find('VirtualMachine', vmTemplate.vm)?.parent,
    pool,
    host,
  } = placementOf(call, spec.placement)
  if (!folder || !pool) throw badPlacement()
  return {
    folder,
    name: spec.name,
    spec: data('VirtualMachineCloneSpec', {
      location: data('VirtualMachineRelocateSpec', {
        pool,
        host,
        diskMoveType: 'moveAllDiskBackingsAndConsolidate',
      }),
      template: false,
      powerOn: false,
    }),
  }
}
