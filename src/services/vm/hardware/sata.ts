import { service } from '../../core/service.js'
import { addAdapter } from './adapters.js'
import { create, idsOf, infoOf, removeAdapter } from './machine.js'
import { sataAdapters } from './storage-adapters.js'

export const sata = service('com.vmware.vcenter.vm.hardware.adapter.sata', {
  list: (call, { vm }) => idsOf(call, vm, sataAdapters).map((adapter) => ({ adapter })),
  get: (call, { vm, adapter }) => infoOf(call, vm, adapter, sataAdapters),
  create: (call, { vm, spec }) =>
    create(call, vm, (draft) => addAdapter(draft, 'VirtualAHCIController', spec)),
  delete: (call, { vm, adapter }) => removeAdapter(call, vm, adapter, sataAdapters),
})
