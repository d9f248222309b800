import { customizationOf } from '#vsphere/vm/customization.js'
import { requireObject } from '../core/objects.js'
import { service } from '../core/service.js'
import { saved } from './customization-specs.js'
import { badSpec } from './errors.js'
import { toVim } from './to-vim.js'

/** The customization of a VM's guest: asked for while it is off, done when it is powered on. */
export const guestCustomization = service('com.vmware.vcenter.vm.guest.customization', {
  async set(call, { vm, spec: { name, spec } }) {
    requireObject(call, 'VirtualMachine', vm)
    if ((name === undefined) === (spec === undefined))
      throw badSpec('exactly one of name and spec must be set.')
    await call.task('VirtualMachine', vm, 'CustomizeVM_Task', {
      spec: name === undefined ? toVim(spec as NonNullable<typeof spec>) : saved(call, name).spec,
    })
  },

  get(call, { vm }) {
    requireObject(call, 'VirtualMachine', vm)
    const customization = customizationOf(call.read, vm)
    if (!customization) return { status: 'IDLE' }
    const { pending, started, ended } = customization
    if (pending || started === undefined) return { status: 'PENDING' }
    if (ended === undefined) return { status: 'RUNNING', start_time: started }
    return { status: 'SUCCEEDED', start_time: started, end_time: ended }
  },
})
