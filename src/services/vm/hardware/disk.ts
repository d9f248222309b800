import type { VcenterVmHardwareDiskCreateSpec } from '#vapi/generated/types.js'
import type { VirtualDisk } from '#vim25/generated/types.js'
import { service } from '../../core/service.js'
import { assign } from '../../storage-policies/assignments.js'
import { requireAssignable } from '../../storage-policies/policies.js'
import { place, wishOf } from './addresses.js'
import { addDisk, changedDisk, diskBus, disks } from './disks.js'
import { create, deviceOf, idsOf, infoOf, reconfigure, removeDevice } from './machine.js'

export const disk = service('com.vmware.vcenter.vm.hardware.disk', {
  list: (call, { vm }) => idsOf(call, vm, disks).map((id) => ({ disk: id })),
  get: (call, input) => infoOf(call, input.vm, input.disk, disks),
  async create(call, { vm, spec }) {
    const policy = spec.new_vmdk?.storage_policy?.policy
    if (policy !== undefined) requireAssignable(policy, 'INVALID_ARGUMENT')
    const id = await create(call, vm, (draft) =>
      addDisk(draft, withoutPolicy(spec), place(draft, spec.type ?? diskBus(draft), wishOf(spec))),
    )
    if (policy !== undefined) call.transact((ctx) => assign(ctx, vm, { disks: { [id]: policy } }))
    return id
  },
  async update(call, { vm, disk: id, spec }) {
    const deviceChange = changedDisk(deviceOf<VirtualDisk>(call, vm, id, disks), spec)
    if (deviceChange.length > 0) await reconfigure(call, vm, { deviceChange })
  },
  delete: (call, input) => removeDevice(call, input.vm, input.disk, disks),
})

/** Policies are kept beside vim25 (deviation 64). */
const withoutPolicy = (spec: VcenterVmHardwareDiskCreateSpec): VcenterVmHardwareDiskCreateSpec =>
  spec.new_vmdk ? { ...spec, new_vmdk: { ...spec.new_vmdk, storage_policy: undefined } } : spec
