import { type Derivation, derivation, inverse } from '#inventory/derivation.js'
import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import type {
  ClusterComputeResourceProperties,
  ComputeResourceProperties,
  HostSystemProperties,
  ManagedObjectReference,
  VirtualMachineProperties,
} from '#vim25/generated/types.js'
import { legacyConfig } from './apply-spec.js'
import { configOf } from './config.js'
import { clusterSummary, hostTotals } from './summary.js'
import { type Vmotions, vmotions } from './vmotions.js'

/** What a host shows that its compute resource adds up. */
export const HOST_INPUTS = [
  'parent',
  'hardware',
  'runtime.connectionState',
  'runtime.powerState',
  'runtime.inMaintenanceMode',
  'runtime.standbyMode',
  'runtime.dasHostState',
] as const

/** What a VM shows that admission control adds up. */
export const VM_INPUTS = [
  'runtime.host',
  'runtime.powerState',
  'config.hardware.memoryMB',
  'config.hardware.numCPU',
  'config.cpuAllocation',
  'config.memoryAllocation',
  'config.memoryReservationLockedToMax',
] as const

const parentOf = ({ parent }: HostSystemProperties) => [parent?.value]

/** The compute resource that a VM's host is in. */
export const computeResourceOfVm = ({ runtime }: VirtualMachineProperties, read: Reader) => [
  runtime.host && read.find('HostSystem', runtime.host.value)?.parent?.value,
]

const host = inverse({
  name: 'ComputeResource.host',
  from: 'HostSystem',
  path: 'parent',
  to: ['ComputeResource'],
  property: 'host',
})

/** Everything that a compute resource's hosts reach, each once. */
function union(property: 'datastore' | 'network') {
  return derivation<ComputeResourceProperties>({
    name: `ComputeResource.${property}`,
    type: 'ComputeResource',
    outputs: [property],
    own: ['host'],
    via: [{ type: 'HostSystem', paths: [property], targets: parentOf }],
    compute({ host: hosts }, read) {
      const found = new Map<string, ManagedObjectReference>()
      for (const { value } of hosts ?? [])
        for (const ref of read.find('HostSystem', value)?.[property] ?? []) found.set(ref.value, ref)
      return { [property]: Object.freeze([...found.values()]) }
    },
  })
}

const summary = derivation<ComputeResourceProperties>({
  name: 'ComputeResource.summary',
  type: 'ComputeResource',
  outputs: ['summary'],
  own: ['configurationEx', 'overallStatus', 'host'],
  via: [
    { type: 'HostSystem', paths: HOST_INPUTS, targets: parentOf },
    { type: 'HostSystem', paths: ['vm'], targets: parentOf },
    { type: 'VirtualMachine', paths: VM_INPUTS, targets: computeResourceOfVm },
    { type: vmotions.kind, paths: ['count'], targets: ({ cluster }: Vmotions) => [cluster] },
  ],
  compute: (value, read, id) => ({
    summary:
      value.configurationEx._typeName === 'ClusterConfigInfoEx'
        ? clusterSummary(read, id, value as ClusterComputeResourceProperties)
        : data('ComputeResourceSummary', hostTotals(read, id, value)),
  }),
})

const summaryEx = derivation<ClusterComputeResourceProperties>({
  name: 'ClusterComputeResource.summaryEx',
  type: 'ClusterComputeResource',
  outputs: ['summaryEx'],
  own: ['summary'],
  compute: (value) => ({ summaryEx: value.summary }),
})

const configuration = derivation<ClusterComputeResourceProperties>({
  name: 'ClusterComputeResource.configuration',
  type: 'ClusterComputeResource',
  outputs: ['configuration'],
  own: ['configurationEx'],
  compute: (value) => ({ configuration: legacyConfig(configOf(value)) }),
})

export const clusterDerivations: readonly Derivation[] = [
  host,
  union('datastore'),
  union('network'),
  summary,
  summaryEx,
  configuration,
]
