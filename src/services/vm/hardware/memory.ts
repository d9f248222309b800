import { service } from '../../core/service.js'
import { machineOf, reconfigure } from './machine.js'
import { memoryInfo, memoryMembers } from './sizes.js'

export const memory = service('com.vmware.vcenter.vm.hardware.memory', {
  get: (call, { vm }) => memoryInfo(machineOf(call, vm).config),
  async update(call, { vm, spec }) {
    machineOf(call, vm)
    await reconfigure(call, vm, memoryMembers(spec))
  },
})
