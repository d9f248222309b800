import type { Reader } from '#inventory/reader.js'
import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { clusterConfig, hostsOf } from '../cluster/config.js'
import type { Context } from '../core/context.js'
import { isAccessibleOn } from '../datastore/volumes.js'
import { kindOf } from '../folder/rules.js'
import { isUsable } from '../ha/capacity.js'
import { datacenterOf } from '../managed-entity/entity.js'

/** Throws NotSupported for a folder that does not take VMs. */
export function requireVmFolder(ctx: Context, folder: ManagedObjectReference): void {
  if (kindOf(ctx.tx, folder) !== 'vm') throw fault('NotSupported', {})
}

/**
 * The host on which a new VM is registered: the one that is asked for, which must be in the pool's compute resource, else
 * one that DRS would take. Throws InvalidArgument for pool or host, InvalidState for a host that is not there,
 * InvalidDatastore where the host does not mount the datastore.
 */
export function registrationHost(
  read: Reader,
  about: {
    readonly folder: ManagedObjectReference
    readonly pool: ManagedObjectReference
    readonly host: ManagedObjectReference | undefined
    readonly datastore: string
  },
): ManagedObjectReference {
  const { pool, host, datastore } = about
  const { owner } = read.get('ResourcePool', pool.value)
  if (datacenterOf(read, owner.value) !== datacenterOf(read, about.folder.value))
    throw fault('InvalidArgument', { invalidProperty: 'pool' })
  const hosts = hostsOf(read, owner.value)
  if (host) {
    if (!hosts.includes(host.value)) throw fault('InvalidArgument', { invalidProperty: 'host' })
    requireHost(read, host.value, datastore)
    return host
  }
  const cluster = clusterConfig(read, owner.value)
  if (cluster && !cluster.drsConfig.enabled && hosts.length > 1)
    throw fault('InvalidArgument', { invalidProperty: 'host' })
  const usable = hosts.filter((id) => isUsable(read.get('HostSystem', id)))
  const found = usable.find((id) => isAccessibleOn(read, datastore, id))
  if (found !== undefined) return read.ref(found)
  const [first] = usable
  if (first === undefined) throw fault('InvalidState', {})
  requireHost(read, first, datastore)
  return read.ref(first)
}

/** Throws InvalidState for a host that is not connected or in maintenance mode, InvalidDatastore without the datastore. */
export function requireHost(read: Reader, host: string, datastore: string): void {
  if (!isUsable(read.get('HostSystem', host))) throw fault('InvalidHostState', { host: read.ref(host) })
  if (!isAccessibleOn(read, datastore, host))
    throw fault('InvalidDatastore', {
      datastore: read.ref(datastore),
      name: read.get('Datastore', datastore).name,
    })
}
