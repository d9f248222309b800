import type { VcenterVMFilterSpec, VcenterVMSummary } from '#vapi/generated/types.js'
import { among, isSet } from '../core/filters.js'
import { createList } from '../core/list.js'
import { ancestorOf } from '../core/tree.js'
import { POWER_STATES } from './power-states.js'

/** The VMs that match a filter. Templates are no VMs here (rest-wire 2.3). At most 4,000 (rest-wire 1.6). */
export const listVms = createList<'VirtualMachine', VcenterVMFilterSpec, VcenterVMSummary>({
  type: 'VirtualMachine',
  resource: 'vm',
  plural: 'virtual machines',
  most: 4000,
  ids: ({ vms }) => vms,
  candidates: (read, { hosts }) =>
    isSet(hosts)
      ? hosts.flatMap((id) => (read.find('HostSystem', id)?.vm ?? []).map((vm) => vm.value))
      : undefined,
  matches(read, { id, value: vm }, filter) {
    const { host } = vm.runtime
    return (
      !vm.config?.template &&
      among(filter.names, () => vm.name) &&
      among(filter.power_states, () => POWER_STATES[vm.runtime.powerState]) &&
      among(filter.hosts, () => host?.value) &&
      among(filter.clusters, () => host && read.find('HostSystem', host.value)?.parent?.value) &&
      among(filter.resource_pools, () => vm.resourcePool?.value) &&
      among(filter.folders, () => vm.parent?.value) &&
      among(filter.datacenters, () => ancestorOf(read, id, 'Datacenter'))
    )
  },
  summary: ({ id, value: { name, runtime, config } }) => ({
    vm: id,
    name,
    power_state: POWER_STATES[runtime.powerState],
    ...(config && { cpu_count: config.hardware.numCPU, memory_size_MiB: config.hardware.memoryMB }),
  }),
})
