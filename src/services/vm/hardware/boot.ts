import { service } from '../../core/service.js'
import { bootInfo, bootMembers } from './boot-options.js'
import { machineOf, reconfigure } from './machine.js'

export const boot = service('com.vmware.vcenter.vm.hardware.boot', {
  get: (call, { vm }) => bootInfo(machineOf(call, vm).config),
  async update(call, { vm, spec }) {
    machineOf(call, vm)
    await reconfigure(call, vm, bootMembers(spec))
  },
})
