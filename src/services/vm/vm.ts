import { service } from '../core/service.js'
import { cloneArguments, instantCloneSpec } from './clone.js'
import { createVm } from './create.js'
import { vmInfo } from './info.js'
import { listVms } from './list.js'
import { registerVm } from './register.js'
import { relocation } from './relocate.js'
import { requireVm } from './require-vm.js'

export const vm = service('com.vmware.vcenter.VM', {
  list: (call, { filter }) => listVms(call, filter),
  get: (call, { vm: id }) => vmInfo(call, id),
  create: (call, { spec }) => createVm(call, spec),
  register: (call, { spec }) => registerVm(call, spec),

  async delete(call, { vm: id }) {
    requireVm(call, id)
    await call.task('VirtualMachine', id, 'Destroy_Task', {})
  },

  unregister(call, { vm: id }) {
    requireVm(call, id)
    call.vim('VirtualMachine', id, 'UnregisterVM', {})
  },

  async clone(call, { spec }) {
    const made = await call.task('VirtualMachine', spec.source, 'CloneVM_Task', cloneArguments(call, spec))
    return made.value
  },
  clone$task: (call, { spec }) =>
    call.start('VirtualMachine', spec.source, 'CloneVM_Task', cloneArguments(call, spec)),

  async instant_clone(call, { spec }) {
    const made = await call.task('VirtualMachine', spec.source, 'InstantClone_Task', {
      spec: instantCloneSpec(call, spec),
    })
    return made.value
  },

  async relocate(call, { vm: id, spec }) {
    await call.task('VirtualMachine', id, 'RelocateVM_Task', { spec: relocation(call, id, spec) })
  },
  relocate$task: (call, { vm: id, spec }) =>
    call.start('VirtualMachine', id, 'RelocateVM_Task', { spec: relocation(call, id, spec) }),
})
