import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { datacenterOf, validName } from '../managed-entity/entity.js'
import { relabelVms } from '../vm/relabel.js'
import { removeDatastoreObject, vmsOn } from './build.js'
import { argumentOf } from './host-operations.js'
import { checkName, refused } from './rules.js'
import {
  datastoreNamed,
  datastoreVolumeId,
  datastoreVolumes,
  hostsOfDatastore,
  mountId,
  volumeOf,
  volumes,
} from './volumes.js'

export const datastoreOperations = operations('Datastore', {
  /** vCenter asks a host again: DatastoreInfo.timestamp says when. HostConfigFault when no host can be asked. */
  RefreshDatastore(ctx, self) {
    const asked = hostsOfDatastore(ctx.tx, self.value).some(
      (host) => ctx.tx.get('HostSystem', host).runtime.connectionState === 'connected',
    )
    if (!asked) throw refused('No connected host has the datastore mounted.')
    ctx.tx.set(datastoreVolumes, datastoreVolumeId(self.value), { timestamp: ctx.time })
  },

  /** As RefreshDatastore, for what is on the datastore too: both are always up to date here. Never fails. */
  RefreshDatastoreStorageInfo(ctx, self) {
    ctx.tx.set(datastoreVolumes, datastoreVolumeId(self.value), { timestamp: ctx.time })
  },

  /** A property of VMFS on shared disks that somebody has to switch on; nobody can here. */
  IsClusteredVmdkEnabled: () => false,

  /**
   * After a volume came back with a new signature, VMs find their files by the old one's path. Here they are always found;
   * the task checks what it is told. InvalidDatastore for a mapping to a datastore that is not there.
   */
  UpdateVirtualMachineFiles_Task: {
    run(ctx, _self, { mountPathDatastoreMapping }) {
      for (const { datastore } of mountPathDatastoreMapping)
        if (!ctx.tx.find('Datastore', datastore.value)) throw fault('InvalidDatastore', { datastore })
      return data('UpdateVirtualMachineFilesResult', { failedVmFile: [] })
    },
  },

  RenameDatastore(ctx, self, { newName }) {
    rename(ctx, self, newName)
  },

  Rename_Task: {
    run(ctx, self, { newName }) {
      rename(ctx, self, newName)
    },
  },

  DestroyDatastore(ctx, self) {
    destroy(ctx, self)
  },

  Destroy_Task: {
    run(ctx, self) {
      destroy(ctx, self)
    },
  },
})

/** Names are unique in a datacenter. */
function rename(ctx: Context, self: ManagedObjectReference, newName: string): void {
  checkName(newName)
  const { name: oldName } = ctx.tx.get('Datastore', self.value)
  const name = validName(newName, self)
  if (name === oldName) return
  const other = datastoreNamed(ctx.tx, datacenterOf(ctx.tx, self.value) ?? '', newName)
  if (other !== undefined && other !== self.value)
    throw fault('DuplicateName', { name: newName, object: ctx.tx.ref(other) })
  const vms = vmsOn(ctx, self.value)
  ctx.tx.set('Datastore', self.value, { name })
  relabelVms(ctx, vms, oldName, name)
  emit(ctx, 'DatastoreRenamedEvent', {
    entity: self,
    datastore: argumentOf(ctx, self),
    oldName,
    newName: name,
  })
}

/** Takes it from all hosts, a VMFS with its files; ResourceInUse while a VM has files on it. */
function destroy(ctx: Context, self: ManagedObjectReference): void {
  const { name } = ctx.tx.get('Datastore', self.value)
  if (vmsOn(ctx, self.value).length > 0) throw fault('ResourceInUse', { type: 'Datastore', name })
  emit(ctx, 'DatastoreDestroyedEvent', { entity: self, datastore: argumentOf(ctx, self) })
  for (const host of hostsOfDatastore(ctx.tx, self.value)) ctx.tx.remove(mountId(self.value, host))
  const { type } = ctx.tx.get(volumes, volumeOf(ctx.tx, self.value))
  removeDatastoreObject(ctx, self.value, type === 'VMFS')
}
