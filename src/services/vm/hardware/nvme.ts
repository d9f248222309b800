import { service } from '../../core/service.js'
import { addAdapter } from './adapters.js'
import { create, idsOf, infoOf, removeAdapter } from './machine.js'
import { nvmeAdapters } from './storage-adapters.js'

export const nvme = service('com.vmware.vcenter.vm.hardware.adapter.nvme', {
  list: (call, { vm }) => idsOf(call, vm, nvmeAdapters).map((adapter) => ({ adapter })),
  get: (call, { vm, adapter }) => infoOf(call, vm, adapter, nvmeAdapters),
  create: (call, { vm, spec }) =>
    create(call, vm, (draft) => addAdapter(draft, 'VirtualNVMEController', spec)),
  delete: (call, { vm, adapter }) => removeAdapter(call, vm, adapter, nvmeAdapters),
})
