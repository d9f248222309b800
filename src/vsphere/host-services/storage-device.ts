import { patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { HostStorageDeviceInfo, ManagedObjectReference, ScsiLun } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { hostOfManager } from '../host/managers.js'
import { configOf, setConfig } from './config.js'

/** What the connected host behind a HostStorageSystem has; throws NotSupported where it has no storage. */
export function devicesOf(ctx: Context, self: ManagedObjectReference): HostStorageDeviceInfo {
  const { storageDevice } = configOf(ctx, self)
  if (!storageDevice) throw fault('NotSupported', {})
  return storageDevice
}

export function setDevices(
  ctx: Context,
  self: ManagedObjectReference,
  members: Partial<HostStorageDeviceInfo>,
): void {
  setConfig(ctx, self, { storageDevice: patch(devicesOf(ctx, self), members) })
}

/** A LUN by its uuid. Throws NotFound. */
export function lunOf(ctx: Context, self: ManagedObjectReference, uuid: string): ScsiLun {
  const lun = devicesOf(ctx, self).scsiLun?.find((one) => one.uuid === uuid)
  if (!lun) throw fault('NotFound', {})
  return lun
}

export function changeLun<T extends ScsiLun>(
  ctx: Context,
  self: ManagedObjectReference,
  lun: T,
  members: Partial<Omit<T, '_typeName'>>,
): void {
  setDevices(ctx, self, {
    scsiLun: (devicesOf(ctx, self).scsiLun ?? []).map((one) =>
      one.uuid === lun.uuid ? patch(one as T, members) : one,
    ),
  })
}

/** Partitions of a disk that hold volumes which the host has mounted. */
export function partitionsInUse(
  { tx }: Context,
  self: ManagedObjectReference,
  canonicalName: string,
): readonly number[] {
  const { datastore = [] } = tx.get('HostSystem', hostOfManager(self.value))
  return datastore.flatMap(({ value }) => {
    const info = tx.find('Datastore', value)?.info as
      | { vmfs?: { extent?: readonly { diskName: string; partition: number }[] } }
      | undefined
    return (info?.vmfs?.extent ?? [])
      .filter(({ diskName }) => diskName === canonicalName)
      .map(({ partition }) => partition)
  })
}
