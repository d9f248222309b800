import { fault } from '#vim25/fault.js'
import type { HostNasVolumeSpec, ManagedObjectReference } from '#vim25/generated/types.js'
import { exportAt } from '#world/exports.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { datacenterOf } from '../managed-entity/entity.js'
import { connectedHost } from '../vmkernel/hosts.js'
import { createLocalDatastore, mountNfs, nfsUuid, unmountFrom, vmsOn } from './build.js'
import { checkName, checkNasSpec, isHostDirectory, MOST_NFS_MOUNTS, refused } from './rules.js'
import {
  datastoreNamed,
  datastoreOfVolume,
  datastoresOfHost,
  hostsOfDatastore,
  mountOf,
  volumeId,
  volumeOf,
  volumes,
} from './volumes.js'

export const hostDatastoreOperations = operations('HostDatastoreSystem', {
  /** One export is one Datastore in a datacenter, whatever the number of hosts that mount it. */
  CreateNasDatastore(ctx, self, { spec }) {
    const host = connectedHost(ctx.tx, self)
    checkNasSpec(spec)
    const known = requireMountable(ctx, host, spec)
    const ref = mountNfs(ctx, host, {
      remoteHost: spec.remoteHost,
      remotePath: spec.remotePath,
      name: spec.localPath,
      accessMode: spec.accessMode === 'readOnly' ? 'readOnly' : 'readWrite',
      type: spec.type === 'NFS41' ? 'NFS41' : 'NFS',
    })
    created(ctx, host, ref, known === undefined ? 'NASDatastoreCreatedEvent' : 'DatastoreDiscoveredEvent')
    return ref
  },

  CreateLocalDatastore(ctx, self, { name, path }) {
    const host = connectedHost(ctx.tx, self)
    checkName(name)
    requireNameFree(ctx, host, name)
    if (!isHostDirectory(path)) throw fault('FileNotFound', { file: path })
    const taken = datastoresOfHost(ctx.tx, host).find(
      (id) => ctx.tx.get(volumes, volumeOf(ctx.tx, id)).path === path,
    )
    if (taken !== undefined)
      throw refused(`The directory ${path} is already the datastore ${ctx.tx.get('Datastore', taken).name}.`)
    const ref = createLocalDatastore(ctx, host, name, path)
    created(ctx, host, ref, 'LocalDatastoreCreatedEvent')
    return ref
  },

  /** Unmounts; a datastore that no other host has goes. */
  RemoveDatastore(ctx, self, { datastore }) {
    const host = connectedHost(ctx.tx, self)
    removeFromHost(ctx, host, datastore)
  },
})

/** Takes a datastore from a host. NotFound when the host does not have it, ResourceInUse when one of its VMs is on it. */
export function removeFromHost(ctx: Context, host: string, datastore: ManagedObjectReference): void {
  const { value: id } = datastore
  const { name } = ctx.tx.get('Datastore', id)
  if (!mountOf(ctx.tx, id, host)) throw fault('NotFound', {})
  const others = hostsOfDatastore(ctx.tx, id).some((other) => other !== host)
  const users = vmsOn(ctx, id).filter(
    (vm) => !others || ctx.tx.get('VirtualMachine', vm).runtime.host?.value === host,
  )
  if (users.length > 0) throw fault('ResourceInUse', { type: 'Datastore', name })
  emit(ctx, 'DatastoreRemovedOnHostEvent', {
    entity: ctx.tx.ref(host),
    datastore: argumentOf(ctx, datastore),
  })
  const volume = ctx.tx.get(volumes, volumeOf(ctx.tx, id))
  // An NFS export is unmounted; the last host that removes a VMFS deletes it.
  unmountFrom(ctx, id, host, volume.type === 'VMFS')
}

/** The datacenter's Datastore for the export, if there is one; throws for what keeps the host from mounting it. */
function requireMountable(ctx: Context, host: string, spec: HostNasVolumeSpec): string | undefined {
  const datacenter = datacenterOf(ctx.tx, host) ?? ''
  const volume = volumeId(nfsUuid(spec.remoteHost, spec.remotePath))
  const known = datastoreOfVolume(ctx.tx, datacenter, volume)
  if (known !== undefined && mountOf(ctx.tx, known, host))
    throw fault('AlreadyExists', { name: ctx.tx.get('Datastore', known).name })
  const named = datastoreNamed(ctx.tx, datacenter, spec.localPath)
  const conflict = named ?? known
  if (conflict !== undefined && named !== known)
    throw fault('DuplicateName', {
      name: ctx.tx.get('Datastore', conflict).name,
      object: ctx.tx.ref(conflict),
    })
  // What ESXi says to an export that is not there (deviation 32).
  if (!exportAt(ctx.tx, spec.remoteHost, spec.remotePath))
    throw refused(`The NFS server ${spec.remoteHost} denied the mount of ${spec.remotePath}.`)
  const nfs = datastoresOfHost(ctx.tx, host).filter((id) =>
    ctx.tx.get(volumes, volumeOf(ctx.tx, id)).type.startsWith('NFS'),
  )
  if (nfs.length >= MOST_NFS_MOUNTS)
    throw fault('NasConnectionLimitReached', {
      name: spec.localPath,
      remoteHost: spec.remoteHost,
      remotePath: spec.remotePath,
    })
  return known
}

function requireNameFree(ctx: Context, host: string, name: string): void {
  const other = datastoreNamed(ctx.tx, datacenterOf(ctx.tx, host) ?? '', name)
  if (other !== undefined) throw fault('DuplicateName', { name, object: ctx.tx.ref(other) })
}

type CreatedEvent = 'NASDatastoreCreatedEvent' | 'LocalDatastoreCreatedEvent' | 'DatastoreDiscoveredEvent'

function created(ctx: Context, host: string, datastore: ManagedObjectReference, type: CreatedEvent): void {
  const about = { entity: ctx.tx.ref(host), datastore: argumentOf(ctx, datastore) }
  if (type === 'DatastoreDiscoveredEvent') emit(ctx, type, about)
  else emit(ctx, type, { ...about, datastoreUrl: ctx.tx.get('Datastore', datastore.value).info.url })
}

export function argumentOf(ctx: Context, datastore: ManagedObjectReference) {
  return {
    _typeName: 'DatastoreEventArgument' as const,
    name: ctx.tx.get('Datastore', datastore.value).name,
    datastore,
  }
}
