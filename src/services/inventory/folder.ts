import type {
  VcenterFolderFilterSpec,
  VcenterFolderSummary,
  VcenterFolderType,
} from '#vapi/generated/types.js'
import type { FolderProperties } from '#vim25/generated/types.js'
import { type FolderKind, folderKind } from '#vsphere/folder/rules.js'
import { among } from '../core/filters.js'
import { createList } from '../core/list.js'
import { service } from '../core/service.js'
import { ancestorOf, parentOf } from '../core/tree.js'

const TYPES: Readonly<Record<FolderKind, VcenterFolderType>> = {
  datacenter: 'DATACENTER',
  datastore: 'DATASTORE',
  host: 'HOST',
  network: 'NETWORK',
  vm: 'VIRTUAL_MACHINE',
}

/** A folder's type is what it is for. */
const typeOf = ({ childType }: Readonly<FolderProperties>) => TYPES[folderKind(childType) ?? 'datacenter']

/** Datastore clusters are folders to vim25 only. A datacenter's own four folders are in no folder. */
const list = createList<'Folder', VcenterFolderFilterSpec, VcenterFolderSummary>({
  type: 'Folder',
  resource: 'folder',
  plural: 'folders',
  most: 1000,
  ids: ({ folders }) => folders,
  matches: (read, { id, type, value }, filter) =>
    type === 'Folder' &&
    among(filter.names, () => value.name) &&
    (filter.type === undefined || filter.type === typeOf(value)) &&
    among(filter.parent_folders, () => parentOf(read, id)?.value) &&
    among(filter.datacenters, () => ancestorOf(read, id, 'Datacenter')),
  summary: ({ id, value }) => ({ folder: id, name: value.name, type: typeOf(value) }),
})

export const folder = service('com.vmware.vcenter.folder', {
  list: (call, { filter }) => list(call, filter),
})
