import type { Reader } from '#inventory/reader.js'
import { vapiError } from '#vapi/error.js'
import type { VcenterDatacenterFilterSpec, VcenterDatacenterSummary } from '#vapi/generated/types.js'
import type { DatacenterProperties } from '#vim25/generated/types.js'
import { among } from '../core/filters.js'
import { createList } from '../core/list.js'
import { requireObject } from '../core/objects.js'
import { service } from '../core/service.js'
import { ancestorOf } from '../core/tree.js'
import { requireFolder } from './placement.js'

const list = createList<'Datacenter', VcenterDatacenterFilterSpec, VcenterDatacenterSummary>({
  type: 'Datacenter',
  resource: 'datacenter',
  plural: 'datacenters',
  most: 1000,
  ids: ({ datacenters }) => datacenters,
  matches: (read, { id, value }, filter) =>
    among(filter.names, () => value.name) && among(filter.folders, () => ancestorOf(read, id, 'Folder')),
  summary: ({ id, value }) => ({ datacenter: id, name: value.name }),
})

const foldersOf = ({
  datastoreFolder,
  hostFolder,
  networkFolder,
  vmFolder,
}: Readonly<DatacenterProperties>) => ({
  datastore_folder: datastoreFolder.value,
  host_folder: hostFolder.value,
  network_folder: networkFolder.value,
  vm_folder: vmFolder.value,
})

/** Empty is a datacenter whose four folders are. */
const isEmpty = (read: Reader, datacenter: Readonly<DatacenterProperties>) =>
  Object.values(foldersOf(datacenter)).every(
    (folder) => (read.find('Folder', folder)?.childEntity ?? []).length === 0,
  )

export const datacenter = service('com.vmware.vcenter.datacenter', {
  list: (call, { filter }) => list(call, filter),

  get(call, { datacenter: id }) {
    const value = requireObject(call, 'Datacenter', id)
    return { name: value.name, ...foldersOf(value) }
  },

  create(call, { spec }) {
    const folder = requireFolder(call, spec.folder, 'datacenter', 'INVALID_ARGUMENT')
    return call.vim('Folder', folder, 'CreateDatacenter', { name: spec.name }).value
  },

  async delete(call, { datacenter: id, force = false }) {
    const value = requireObject(call, 'Datacenter', id)
    if (!force && !isEmpty(call.read, value))
      throw vapiError(
        'RESOURCE_IN_USE',
        'com.vmware.api.vcenter.datacenter.not_empty',
        "Datacenter with identifier '{0}' is not empty.",
        [id],
      )
    await call.task('Datacenter', id, 'Destroy_Task', {})
  },
})
