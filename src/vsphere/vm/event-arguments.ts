import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'

/** What events about copies and moves say of the objects that take part. */
const nameOf = (read: Reader, ref: ManagedObjectReference) => read.get('ManagedEntity', ref.value).name

export const hostArgument = (read: Reader, host: ManagedObjectReference) =>
  data('HostEventArgument', { name: nameOf(read, host), host })

export const vmArgument = (read: Reader, vm: ManagedObjectReference) =>
  data('VmEventArgument', { name: nameOf(read, vm), vm })

export const folderArgument = (read: Reader, folder: ManagedObjectReference) =>
  data('FolderEventArgument', { name: nameOf(read, folder), folder })

export const datastoreArgument = (read: Reader, datastore: string) =>
  data('DatastoreEventArgument', {
    name: read.get('Datastore', datastore).name,
    datastore: read.ref(datastore),
  })

export const datacenterArgument = (read: Reader, datacenter: string) =>
  data('DatacenterEventArgument', {
    name: read.get('Datacenter', datacenter).name,
    datacenter: read.ref(datacenter),
  })
