import { service } from '../../core/service.js'
import { machineOf, reconfigure } from './machine.js'
import { cpuInfo, cpuMembers } from './sizes.js'

export const cpu = service('com.vmware.vcenter.vm.hardware.cpu', {
  get: (call, { vm }) => cpuInfo(machineOf(call, vm).config),
  async update(call, { vm, spec }) {
    machineOf(call, vm)
    await reconfigure(call, vm, cpuMembers(spec))
  },
})
