import { index } from '#inventory/indexes.js'
import type { HostSystemProperties, VirtualMachineProperties } from '#vim25/generated/types.js'

/** Hosts by their compute resource. */
export const hostsByParent = index<HostSystemProperties>({
  name: 'cluster.hostsByParent',
  type: 'HostSystem',
  inputs: ['parent'],
  keys: ({ parent }) => [parent?.value],
})

/** Powered-on VMs by the host that runs them: what admission control and placement add up. */
export const runningByHost = index<VirtualMachineProperties>({
  name: 'cluster.runningByHost',
  type: 'VirtualMachine',
  inputs: ['runtime.host', 'runtime.powerState'],
  keys: ({ runtime }) => [runtime.powerState === 'poweredOn' ? runtime.host?.value : undefined],
})
