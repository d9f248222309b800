import type { VirtualCdrom } from '#vim25/generated/types.js'
import { service } from '../../core/service.js'
import { place, wishOf } from './addresses.js'
import { addCdrom, cdromBus, cdroms, changedCdrom } from './cdroms.js'
import { change, create, deviceOf, idsOf, infoOf, removeDevice, setConnected } from './machine.js'

export const cdrom = service('com.vmware.vcenter.vm.hardware.cdrom', {
  list: (call, { vm }) => idsOf(call, vm, cdroms).map((id) => ({ cdrom: id })),
  get: (call, input) => infoOf(call, input.vm, input.cdrom, cdroms),
  create: (call, { vm, spec }) =>
    create(call, vm, (draft) =>
      addCdrom(draft, spec, place(draft, spec.type ?? cdromBus(draft), wishOf(spec))),
    ),
  update: (call, { vm, cdrom: id, spec }) =>
    change(call, vm, changedCdrom(deviceOf<VirtualCdrom>(call, vm, id, cdroms), spec)),
  delete: (call, input) => removeDevice(call, input.vm, input.cdrom, cdroms),
  connect: (call, input) => setConnected(call, input.vm, input.cdrom, cdroms, true),
  disconnect: (call, input) => setConnected(call, input.vm, input.cdrom, cdroms, false),
})
