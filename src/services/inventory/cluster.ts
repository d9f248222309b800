import type { VcenterClusterFilterSpec, VcenterClusterSummary } from '#vapi/generated/types.js'
import { configOf } from '#vsphere/cluster/config.js'
import { among } from '../core/filters.js'
import { createList } from '../core/list.js'
import { requireObject } from '../core/objects.js'
import { service } from '../core/service.js'
import { ancestorOf } from '../core/tree.js'

const list = createList<'ClusterComputeResource', VcenterClusterFilterSpec, VcenterClusterSummary>({
  type: 'ClusterComputeResource',
  resource: 'cluster',
  plural: 'clusters',
  most: 1000,
  ids: ({ clusters }) => clusters,
  matches: (read, { id, value }, filter) =>
    among(filter.names, () => value.name) &&
    among(filter.folders, () => ancestorOf(read, id, 'Folder')) &&
    among(filter.datacenters, () => ancestorOf(read, id, 'Datacenter')),
  summary({ id, value }) {
    const { dasConfig, drsConfig } = configOf(value)
    return {
      cluster: id,
      name: value.name,
      ha_enabled: dasConfig.enabled ?? false,
      drs_enabled: drsConfig.enabled ?? false,
    }
  },
})

export const cluster = service('com.vmware.vcenter.cluster', {
  list: (call, { filter }) => list(call, filter),

  get(call, { cluster: id }) {
    const { name, resourcePool } = requireObject(call, 'ClusterComputeResource', id)
    return { name, resource_pool: resourcePool?.value ?? '' }
  },
})
