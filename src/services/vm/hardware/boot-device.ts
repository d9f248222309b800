import { data } from '#vim25/data.js'
import { service } from '../../core/service.js'
import { bootEntries, bootOrder } from './boot-order.js'
import { machineOf, reconfigure } from './machine.js'

export const bootDevice = service('com.vmware.vcenter.vm.hardware.boot.device', {
  get: (call, { vm }) => bootEntries(machineOf(call, vm).config.bootOptions?.bootOrder),
  async set(call, { vm, devices }) {
    const { instanceUuid } = call.sandbox.services.identity
    const order = bootOrder(devices, machineOf(call, vm).devices, `${vm}:${instanceUuid}`)
    // vim25 cannot tell an empty list from none: a device of no kind stands for it.
    const none = [data('VirtualMachineBootOptionsBootableDevice', {})]
    await reconfigure(call, vm, {
      bootOptions: data('VirtualMachineBootOptions', { bootOrder: order.length > 0 ? order : none }),
    })
  },
})
