import type { VirtualFloppy } from '#vim25/generated/types.js'
import { service } from '../../core/service.js'
import { addFloppy, changedFloppy, floppies } from './floppies.js'
import { change, create, deviceOf, idsOf, infoOf, removeDevice, setConnected } from './machine.js'

export const floppy = service('com.vmware.vcenter.vm.hardware.floppy', {
  list: (call, { vm }) => idsOf(call, vm, floppies).map((id) => ({ floppy: id })),
  get: (call, input) => infoOf(call, input.vm, input.floppy, floppies),
  create: (call, { vm, spec }) => create(call, vm, (draft) => addFloppy(draft, spec)),
  update: (call, { vm, floppy: id, spec }) =>
    change(call, vm, changedFloppy(deviceOf<VirtualFloppy>(call, vm, id, floppies), spec)),
  delete: (call, input) => removeDevice(call, input.vm, input.floppy, floppies),
  connect: (call, input) => setConnected(call, input.vm, input.floppy, floppies, true),
  disconnect: (call, input) => setConnected(call, input.vm, input.floppy, floppies, false),
})
