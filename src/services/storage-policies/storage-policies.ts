import type { ServiceCall } from '../core/call.js'
import { requireObject, visible } from '../core/objects.js'
import { service } from '../core/service.js'
import { type Assignment, assignmentOf } from './assignments.js'
import { complianceOf } from './compliance.js'
import { isCompatible, POLICIES, requirePolicy } from './policies.js'

export const storagePolicies = service('com.vmware.vcenter.storage.policies', {
  list: (_call, { filter }) =>
    POLICIES.filter(({ policy }) => filter?.policies?.includes(policy) ?? true).map(
      ({ datastoreType: _, ...summary }) => summary,
    ),

  check_compatibility(call, { policy, datastores }) {
    const known = requirePolicy(policy, 'NOT_FOUND')
    for (const datastore of datastores) requireObject(call, 'Datastore', datastore)
    return {
      compatible_datastores: [...new Set(datastores)]
        .filter((datastore) => isCompatible(call, known, datastore))
        .map((datastore) => ({ datastore })),
    }
  },
})

export const storagePolicyVms = service('com.vmware.vcenter.storage.policies.VM', {
  list(call, { policy }) {
    requirePolicy(policy, 'NOT_FOUND')
    const found = assigned(call).flatMap(([vm, { home, disks }]) => {
      const keys = Object.keys(disks).filter((key) => disks[key] === policy)
      const vm_home = home === policy
      return vm_home || keys.length > 0 ? [[vm, { vm_home, disks: keys }] as const] : []
    })
    return Object.fromEntries(found)
  },
})

/** The VMs of which something is in one of the wanted states, with what is. */
export const policyCompliance = service('com.vmware.vcenter.storage.policies.compliance', {
  list: (call, { filter }) =>
    assigned(call).flatMap(([vm]) => {
      const found = inStates(call, vm, filter.status)
      return found ? [{ vm, ...found }] : []
    }),
})

export const vmPolicyCompliance = service('com.vmware.vcenter.storage.policies.compliance.VM', {
  list: (call, { filter }) =>
    Object.fromEntries(
      assigned(call).flatMap(([vm]) => {
        if (!(filter.vms?.includes(vm) ?? true)) return []
        const found = inStates(call, vm, filter.status)
        return found ? [[vm, found] as const] : []
      }),
    ),
})

function assigned(call: ServiceCall): readonly (readonly [vm: string, Assignment])[] {
  return visible(call, 'VirtualMachine').flatMap((vm) => {
    const assignment = assignmentOf(call.read, vm)
    return assignment ? [[vm, assignment] as const] : []
  })
}

function inStates(call: ServiceCall, vm: string, wanted: readonly string[]) {
  const { vm_home, disks = {} } = complianceOf(call, vm) ?? {}
  const home = vm_home && wanted.includes(vm_home.status) ? vm_home.status : undefined
  const entries = Object.entries(disks).filter(([, { status }]) => wanted.includes(status))
  if (home === undefined && entries.length === 0) return undefined
  return {
    ...(home !== undefined && { vm_home: home }),
    disks: Object.fromEntries(entries.map(([key, { status }]) => [key, status])),
  }
}
