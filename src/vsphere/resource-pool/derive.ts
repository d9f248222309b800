import { type Derivation, derivation, inverse } from '#inventory/derivation.js'
import type { Reader } from '#inventory/reader.js'
import { data, patch } from '#vim25/data.js'
import type {
  ResourceConfigSpec,
  ResourcePoolProperties,
  ResourcePoolResourceUsage,
  ResourcePoolSummary,
  VirtualMachineProperties,
} from '#vim25/generated/types.js'
import { allocation, type Resource } from './allocation.js'
import { poolLoads } from './loads.js'
import { capacityOf, parentPool, poolsByOwner, rootPool, type Standing, standingsOf } from './usage.js'

type Pool = ResourcePoolProperties

const children = inverse({
  name: 'ResourcePool.resourcePool',
  from: 'ResourcePool',
  path: 'parent',
  to: ['ResourcePool'],
  property: 'resourcePool',
})

const vms = inverse({
  name: 'ResourcePool.vm',
  from: 'VirtualMachine',
  path: 'resourcePool',
  to: ['ResourcePool'],
  property: 'vm',
})

/** A change anywhere in a tree of pools changes what all of its pools have left. */
const sameTree = ({ owner }: Pool, read: Reader) => read.lookup(poolsByOwner, owner.value)

const treeOfVm = ({ resourcePool }: VirtualMachineProperties, read: Reader) => {
  const owner = resourcePool && read.find('ResourcePool', resourcePool.value)?.owner
  return owner ? read.lookup(poolsByOwner, owner.value) : []
}

function usage(
  read: Reader,
  pool: string,
  resource: Resource,
  { used, usedForVms, unreserved, limit }: Standing,
): ResourcePoolResourceUsage {
  const most = capacityOf(read, rootPool(read, pool), resource)
  return data('ResourcePoolResourceUsage', {
    reservationUsed: used,
    reservationUsedForVm: usedForVms,
    unreservedForPool: unreserved,
    unreservedForVm: unreserved,
    overallUsage: 0,
    maxUsage: limit < 0 ? most : Math.min(most, limit),
  })
}

const runtime = derivation<Pool>({
  name: 'ResourcePool.runtime',
  type: 'ResourcePool',
  outputs: ['runtime'],
  via: [
    { type: 'ResourcePool', paths: ['owner', 'parent', 'config'], targets: sameTree },
    {
      type: 'ComputeResource',
      paths: ['summary.effectiveCpu', 'summary.effectiveMemory'],
      targets: (_value, read, id) => read.lookup(poolsByOwner, id),
    },
    {
      type: 'VirtualMachine',
      paths: [
        'resourcePool',
        'runtime.powerState',
        'config.cpuAllocation',
        'config.memoryAllocation',
        'config.memoryReservationLockedToMax',
        'config.hardware.memoryMB',
        'config.hardware.numCPU',
      ],
      targets: treeOfVm,
    },
  ],
  compute({ config }, read, id) {
    const standings = standingsOf(read, id)
    const memory = usage(read, id, 'memory', standings.memory)
    const cpu = usage(read, id, 'cpu', standings.cpu)
    const over = [standings.memory, standings.cpu].some(
      ({ capacity, used, expandable }) => !expandable && used > capacity,
    )
    return {
      runtime: data('ResourcePoolRuntimeInfo', {
        memory,
        cpu,
        overallStatus: over ? 'red' : 'green',
        sharesScalable: config.scaleDescendantsShares === 'scaleCpuAndMemoryShares' ? 'both' : 'none',
      }),
    }
  },
})

/** Statistics come with the reading (project.ts). */
const noStats = data('ResourcePoolQuickStats', {})

const summary = derivation<Pool>({
  name: 'ResourcePool.summary',
  type: 'ResourcePool',
  outputs: ['summary'],
  own: ['name', 'config', 'runtime'],
  via: [
    {
      type: 'VirtualMachine',
      paths: ['resourcePool', 'runtime.powerState', 'config.hardware.memoryMB'],
      targets: ({ resourcePool }: VirtualMachineProperties) => [resourcePool?.value],
    },
  ],
  compute({ name, runtime: now }, read, id) {
    const members = {
      name,
      config: shownConfig(read, id),
      runtime: now,
      quickStats: noStats,
      configuredMemoryMB: read.total(poolLoads, id).configuredMB,
    }
    const vApp = read.entity(id)?.type === 'VirtualApp'
    return { summary: vApp ? vAppSummary(read, id, members) : data('ResourcePoolSummary', members) }
  },
})

/** A vApp is started while one of its VMs runs. */
function vAppSummary(
  read: Reader,
  id: string,
  members: Omit<ResourcePoolSummary, '_typeName'>,
): ResourcePoolSummary {
  const { vAppConfig } = read.get('VirtualApp', id)
  const started = read.total(poolLoads, id).running > 0
  return data('VirtualAppSummary', {
    ...members,
    product: vAppConfig?.product?.[0],
    vAppState: started ? 'started' : 'stopped',
    suspended: false,
    installBootRequired: false,
    instanceUuid: vAppConfig?.instanceUuid,
  })
}

export const poolDerivations: readonly Derivation[] = [children, vms, runtime, summary]

/** A root pool shows as reservation and limit what its compute resource has; the others show what they were given. */
export function shownConfig(read: Reader, pool: string): ResourceConfigSpec {
  const { config } = read.get('ResourcePool', pool)
  if (parentPool(read, pool) !== undefined) return config
  const all = (resource: Resource) => {
    const { shares } = resource === 'cpu' ? config.cpuAllocation : config.memoryAllocation
    const amount = Math.floor(capacityOf(read, pool, resource) / (resource === 'cpu' ? 1 : 2 ** 20))
    return shares
      ? allocation({ reservation: amount, expandableReservation: true, limit: amount, shares })
      : undefined
  }
  return patch(config, {
    cpuAllocation: all('cpu') ?? config.cpuAllocation,
    memoryAllocation: all('memory') ?? config.memoryAllocation,
  })
}
