import type { Reader } from '#inventory/reader.js'
import type {
  VcenterResourcePoolCreateSpec,
  VcenterResourcePoolFilterSpec,
  VcenterResourcePoolSummary,
} from '#vapi/generated/types.js'
import { data } from '#vim25/data.js'
import type { ResourcePoolProperties } from '#vim25/generated/types.js'
import { among } from '../core/filters.js'
import { createList } from '../core/list.js'
import { requireObject } from '../core/objects.js'
import { service } from '../core/service.js'
import { ancestorOf } from '../core/tree.js'
import { fromAllocation, toAllocation } from './allocation.js'

type Pool = Readonly<ResourcePoolProperties>

/** The host that the pool is on: a standalone one. A cluster's pools are on no host (deviation 61). */
const hostOf = (read: Reader, { owner }: Pool) =>
  owner.type === 'ComputeResource' ? read.find('ComputeResource', owner.value)?.host?.[0]?.value : undefined

/** vApps are pools to vim25 only. */
const list = createList<'ResourcePool', VcenterResourcePoolFilterSpec, VcenterResourcePoolSummary>({
  type: 'ResourcePool',
  resource: 'resource_pool',
  plural: 'resource pools',
  most: 1000,
  ids: ({ resource_pools }) => resource_pools,
  matches: (read, { id, type, value }, filter) =>
    type === 'ResourcePool' &&
    among(filter.names, () => value.name) &&
    among(filter.parent_resource_pools, () => value.parent?.value) &&
    among(filter.hosts, () => hostOf(read, value)) &&
    among(filter.clusters, () => value.owner.value) &&
    among(filter.datacenters, () => ancestorOf(read, id, 'Datacenter')),
  summary: ({ id, value }) => ({ resource_pool: id, name: value.name }),
})

const configOf = ({ cpu_allocation, memory_allocation }: Partial<VcenterResourcePoolCreateSpec>) =>
  data('ResourceConfigSpec', {
    cpuAllocation: toAllocation(cpu_allocation),
    memoryAllocation: toAllocation(memory_allocation),
  })

export const resourcePool = service('com.vmware.vcenter.resource_pool', {
  list: (call, { filter }) => list(call, filter),

  get(call, { resource_pool }) {
    const { name, config, resourcePool: children } = requireObject(call, 'ResourcePool', resource_pool)
    return {
      name,
      resource_pools: children?.map((child) => child.value) ?? [],
      cpu_allocation: fromAllocation(config.cpuAllocation),
      memory_allocation: fromAllocation(config.memoryAllocation),
    }
  },

  create(call, { spec }) {
    requireObject(call, 'ResourcePool', spec.parent)
    const args = { name: spec.name, spec: configOf(spec) }
    return call.vim('ResourcePool', spec.parent, 'CreateResourcePool', args).value
  },

  update(call, { resource_pool, spec: { name, cpu_allocation, memory_allocation } }) {
    const { config } = requireObject(call, 'ResourcePool', resource_pool)
    call.vim('ResourcePool', resource_pool, 'UpdateConfig', {
      ...(name !== undefined && { name }),
      ...((cpu_allocation || memory_allocation) && {
        config: data('ResourceConfigSpec', {
          cpuAllocation: cpu_allocation ? toAllocation(cpu_allocation) : config.cpuAllocation,
          memoryAllocation: memory_allocation ? toAllocation(memory_allocation) : config.memoryAllocation,
        }),
      }),
    })
  },

  async delete(call, { resource_pool }) {
    requireObject(call, 'ResourcePool', resource_pool)
    await call.task('ResourcePool', resource_pool, 'Destroy_Task', {})
  },
})
