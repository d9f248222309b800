import type { VirtualEthernetCard } from '#vim25/generated/types.js'
import { service } from '../../core/service.js'
import { change, create, deviceOf, idsOf, infoOf, removeDevice, setConnected } from './machine.js'
import { addNic, changedNic, nics } from './nics.js'

export const ethernet = service('com.vmware.vcenter.vm.hardware.ethernet', {
  list: (call, { vm }) => idsOf(call, vm, nics).map((id) => ({ nic: id })),
  get: (call, input) => infoOf(call, input.vm, input.nic, nics),
  create: (call, { vm, spec }) => create(call, vm, (draft) => addNic(draft, spec)),
  update: (call, { vm, nic: id, spec }) =>
    change(call, vm, changedNic(call, deviceOf<VirtualEthernetCard>(call, vm, id, nics), spec)),
  delete: (call, input) => removeDevice(call, input.vm, input.nic, nics),
  connect: (call, input) => setConnected(call, input.vm, input.nic, nics, true),
  disconnect: (call, input) => setConnected(call, input.vm, input.nic, nics, false),
})
