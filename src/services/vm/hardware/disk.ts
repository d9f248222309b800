import type { VirtualDisk } from '#vim25/generated/types.js'
import { service } from '../../core/service.js'
import { place, wishOf } from './addresses.js'
import { addDisk, changedDisk, diskBus, disks } from './disks.js'
import { create, deviceOf, idsOf, infoOf, reconfigure, removeDevice } from './machine.js'

export const disk = service('com.vmware.vcenter.vm.hardware.disk', {
  list: (call, { vm }) => idsOf(call, vm, disks).map((id) => ({ disk: id })),
  get: (call, input) => infoOf(call, input.vm, input.disk, disks),
  create: (call, { vm, spec }) =>
    create(call, vm, (draft) =>
      addDisk(draft, spec, place(draft, spec.type ?? diskBus(draft), wishOf(spec))),
    ),
  async update(call, { vm, disk: id, spec }) {
    const deviceChange = changedDisk(deviceOf<VirtualDisk>(call, vm, id, disks), spec)
    if (deviceChange.length > 0) await reconfigure(call, vm, { deviceChange })
  },
  delete: (call, input) => removeDevice(call, input.vm, input.disk, disks),
})
