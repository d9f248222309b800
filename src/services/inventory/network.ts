import type {
  VcenterNetworkFilterSpec,
  VcenterNetworkSummary,
  VcenterNetworkType,
} from '#vapi/generated/types.js'
import { among } from '../core/filters.js'
import { createList } from '../core/list.js'
import { service } from '../core/service.js'
import { ancestorOf } from '../core/tree.js'

const TYPES: Readonly<Record<string, VcenterNetworkType>> = {
  DistributedVirtualPortgroup: 'DISTRIBUTED_PORTGROUP',
  OpaqueNetwork: 'OPAQUE_NETWORK',
}

const typeOf = (type: string): VcenterNetworkType => TYPES[type] ?? 'STANDARD_PORTGROUP'

const list = createList<'Network', VcenterNetworkFilterSpec, VcenterNetworkSummary>({
  type: 'Network',
  resource: 'network',
  plural: 'networks',
  most: 1000,
  ids: ({ networks }) => networks,
  matches: (read, { id, type, value }, filter) =>
    among(filter.names, () => value.name) &&
    among(filter.types, () => typeOf(type)) &&
    among(filter.folders, () => ancestorOf(read, id, 'Folder')) &&
    among(filter.datacenters, () => ancestorOf(read, id, 'Datacenter')),
  summary: ({ id, type, value }) => ({ network: id, name: value.name, type: typeOf(type) }),
})

export const network = service('com.vmware.vcenter.network', {
  list: (call, { filter }) => list(call, filter),
})
