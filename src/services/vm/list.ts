import { vapiError } from '#vapi/error.js'
import type { VcenterVMFilterSpec, VcenterVMSummary } from '#vapi/generated/types.js'
import type { ManagedTypes } from '#vim25/generated/types.js'
import type { ServiceCall } from '../core/call.js'
import { perState } from '../core/memo.js'
import { mayRead } from '../core/objects.js'
import { ancestorOf } from '../core/tree.js'
import { POWER_STATES } from './power-states.js'

type VirtualMachine = Readonly<ManagedTypes['VirtualMachine']>

/** A list of more VMs is refused (rest-wire 1.6: 1,000 up to 6.x, 4,000 since). */
const MOST = 4000

/**
 * The VMs that match a filter: of each property one of its values, of all properties that are set every one (rest-wire
 * 2.3). Templates are no VMs here.
 */
export function listVms(call: ServiceCall, filter: VcenterVMFilterSpec = {}): readonly VcenterVMSummary[] {
  return perState(call, `vm.list ${JSON.stringify(filter)}`, () => {
    const found = candidates(call, filter).flatMap((id) => {
      const vm = call.read.find('VirtualMachine', id)
      return vm && !vm.config?.template && matches(call, id, vm, filter) && mayRead(call, call.read.ref(id))
        ? [summaryOf(id, vm)]
        : []
    })
    if (found.length > MOST)
      throw vapiError(
        'UNABLE_TO_ALLOCATE_RESOURCE',
        'com.vmware.api.vcenter.vm.list.too_many_matches',
        'Too many virtual machines. Add more filter criteria to reduce the number.',
      )
    return found
  })
}

/** The smallest set of VMs that is at hand and holds all that can match, in order of creation. */
function candidates({ read }: ServiceCall, { vms, hosts }: VcenterVMFilterSpec): readonly string[] {
  if (vms) return [...new Set(vms)].filter((id) => read.find('VirtualMachine', id))
  if (hosts)
    return [...new Set(hosts)].flatMap((id) => (read.find('HostSystem', id)?.vm ?? []).map((vm) => vm.value))
  return [...read.ids('VirtualMachine')]
}

function matches(
  { read }: ServiceCall,
  id: string,
  vm: VirtualMachine,
  filter: VcenterVMFilterSpec,
): boolean {
  const within = (allowed: readonly string[] | undefined, value: () => string | undefined) => {
    const found = allowed && value()
    return !allowed || (found !== undefined && allowed.includes(found))
  }
  const { host } = vm.runtime
  return (
    within(filter.names, () => vm.name) &&
    within(filter.power_states, () => POWER_STATES[vm.runtime.powerState]) &&
    within(filter.hosts, () => host?.value) &&
    within(filter.clusters, () => host && read.find('HostSystem', host.value)?.parent?.value) &&
    within(filter.resource_pools, () => vm.resourcePool?.value) &&
    within(filter.folders, () => vm.parent?.value) &&
    within(filter.datacenters, () => ancestorOf(read, id, 'Datacenter'))
  )
}

const summaries = new WeakMap<VirtualMachine, VcenterVMSummary>()

/** One object per state of a VM, so that what did not change is not encoded again. */
function summaryOf(id: string, vm: VirtualMachine): VcenterVMSummary {
  let summary = summaries.get(vm)
  if (!summary) {
    const { config } = vm
    summary = Object.freeze({
      vm: id,
      name: vm.name,
      power_state: POWER_STATES[vm.runtime.powerState],
      ...(config && { cpu_count: config.hardware.numCPU, memory_size_MiB: config.hardware.memoryMB }),
    })
    summaries.set(vm, summary)
  }
  return summary
}
