import type { VcenterDatastoreFilterSpec, VcenterDatastoreSummary } from '#vapi/generated/types.js'
import type { DatastoreSummary } from '#vim25/generated/types.js'
import { among } from '../core/filters.js'
import { createList } from '../core/list.js'
import { requireObject } from '../core/objects.js'
import { service } from '../core/service.js'
import { ancestorOf } from '../core/tree.js'
import { datastoreType } from './datastore-type.js'

/** Sizes in bytes are known only of a datastore that can be reached (DatastoreSummary's documentation). */
const known = ({ accessible }: DatastoreSummary, bytes: () => object) => (accessible ? bytes() : {})

const list = createList<'Datastore', VcenterDatastoreFilterSpec, VcenterDatastoreSummary>({
  type: 'Datastore',
  resource: 'datastore',
  plural: 'datastores',
  most: 2500,
  ids: ({ datastores }) => datastores,
  matches: (read, { id, value: { name, summary } }, filter) =>
    among(filter.names, () => name) &&
    among(filter.types, () => datastoreType(summary.type)) &&
    among(filter.folders, () => ancestorOf(read, id, 'Folder')) &&
    among(filter.datacenters, () => ancestorOf(read, id, 'Datacenter')),
  summary: ({ id, value: { name, summary } }) => ({
    datastore: id,
    name,
    type: datastoreType(summary.type),
    ...known(summary, () => ({ free_space: summary.freeSpace, capacity: summary.capacity })),
  }),
})

export const datastore = service('com.vmware.vcenter.datastore', {
  list: (call, { filter }) => list(call, filter),

  get(call, { datastore: id }) {
    const { name, summary, capability } = requireObject(call, 'Datastore', id)
    return {
      name,
      type: datastoreType(summary.type),
      accessible: summary.accessible,
      ...known(summary, () => ({ free_space: summary.freeSpace })),
      multiple_host_access: summary.multipleHostAccess ?? false,
      thin_provisioning_supported: capability.perFileThinProvisioningSupported,
    }
  },
})

/** No datastore here has a default storage policy of its own: those come with vSAN and virtual volumes. */
export const defaultPolicy = service('com.vmware.vcenter.datastore.default_policy', {
  get(call, { datastore: id }) {
    requireObject(call, 'Datastore', id)
    return undefined
  },
})
