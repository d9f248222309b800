import { patch } from '#vim25/data.js'
import type { VirtualSCSIController } from '#vim25/generated/types.js'
import { service } from '../../core/service.js'
import { change, create, deviceOf, idsOf, infoOf, removeAdapter } from './machine.js'
import { addScsiAdapter, scsiAdapters, sharedBus } from './storage-adapters.js'

export const scsi = service('com.vmware.vcenter.vm.hardware.adapter.scsi', {
  list: (call, { vm }) => idsOf(call, vm, scsiAdapters).map((adapter) => ({ adapter })),
  get: (call, { vm, adapter }) => infoOf(call, vm, adapter, scsiAdapters),
  create: (call, { vm, spec }) => create(call, vm, (draft) => addScsiAdapter(draft, spec)),
  async update(call, { vm, adapter, spec: { sharing } }) {
    const old = deviceOf<VirtualSCSIController>(call, vm, adapter, scsiAdapters)
    if (sharing) await change(call, vm, patch(old, { sharedBus: sharedBus(sharing) }))
  },
  delete: (call, { vm, adapter }) => removeAdapter(call, vm, adapter, scsiAdapters),
})
