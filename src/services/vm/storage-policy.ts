import { VapiError } from '#vapi/error.js'
import type { VcenterVmStoragePolicyDiskPolicySpec } from '#vapi/generated/types.js'
import { data } from '#vim25/data.js'
import type { ServiceCall } from '../core/call.js'
import { requireObject } from '../core/objects.js'
import { service } from '../core/service.js'
import { assign, assignmentOf, disksOf, markChecked } from '../storage-policies/assignments.js'
import { complianceOf } from '../storage-policies/compliance.js'
import { requireAssignable } from '../storage-policies/policies.js'
import { deviceNotFound } from './hardware/errors.js'

export const vmStoragePolicy = service('com.vmware.vcenter.vm.storage.policy', {
  get(call, { vm }) {
    requireObject(call, 'VirtualMachine', vm)
    const { home, disks = {} } = assignmentOf(call.read, vm) ?? {}
    return { ...(home !== undefined && { vm_home: home }), disks }
  },

  /** The VM is reconfigured as by vim25, with its task and event; the choice itself is kept beside it (deviation 64). */
  async update(call, { vm, spec }) {
    requireObject(call, 'VirtualMachine', vm)
    requireDisks(call, vm, Object.keys(spec.disks ?? {}), 'INVALID_ARGUMENT')
    const home = spec.vm_home && chosen(spec.vm_home)
    const disks = Object.fromEntries(
      Object.entries(spec.disks ?? {}).map(([key, policy]) => [key, chosen(policy)]),
    )
    await call.task('VirtualMachine', vm, 'ReconfigVM_Task', { spec: data('VirtualMachineConfigSpec', {}) })
    call.transact((ctx) => assign(ctx, vm, { home, disks }))
  },
})

export const vmPolicyComplianceInfo = service('com.vmware.vcenter.vm.storage.policy.compliance', {
  get(call, { vm }) {
    requireObject(call, 'VirtualMachine', vm)
    return complianceOf(call, vm)
  },

  check(call, { vm, check_spec }) {
    requireObject(call, 'VirtualMachine', vm)
    requireDisks(call, vm, check_spec?.disks ?? [], 'ERROR')
    call.transact((ctx) => markChecked(ctx, vm))
    return complianceOf(call, vm, check_spec && { home: check_spec.vm_home, disks: check_spec.disks ?? [] })
  },
})

/** The policy, or null for the datastore's own. The two specs differ in nothing but their names. */
function chosen({ type, policy }: VcenterVmStoragePolicyDiskPolicySpec): string | null {
  if (type === 'USE_DEFAULT_POLICY' || policy === undefined) return null
  requireAssignable(policy, 'INVALID_ARGUMENT')
  return policy
}

function requireDisks(
  { read }: ServiceCall,
  vm: string,
  disks: readonly string[],
  type: 'INVALID_ARGUMENT' | 'ERROR',
): void {
  const present = disksOf(read, vm)
  const missing = disks.find((disk) => !present.has(disk))
  if (missing !== undefined) throw new VapiError(type, deviceNotFound(missing, vm).messages)
}
