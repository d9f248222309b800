import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { createStandalone } from '../cluster/build.js'
import type { Context } from '../core/context.js'
import { portgroupsBySwitch } from '../dvs/ports.js'
import { groupOf } from '../fault-tolerance/group.js'
import { refuseSecondary } from '../fault-tolerance/turn-on.js'
import { moveHost } from '../host/membership.js'
import { requireMovable } from '../host/membership-operations.js'
import { ancestors, datacenterOf, requireUniqueName } from '../managed-entity/entity.js'
import { requireOwnFolder } from './destroy.js'
import { accepts } from './rules.js'

/**
 * Moves entities into a folder, all or none. Throws NotSupported for what the folder cannot contain, InvalidFolder for a folder
 * into itself or across datacenters, DuplicateName, InvalidState for a host outside maintenance mode. A host that leaves its
 * cluster becomes standalone, and a secondary goes where its primary goes: InvalidOperationOnSecondaryVm by itself.
 */
export function moveIntoFolder(
  ctx: Context,
  folder: ManagedObjectReference,
  list: readonly ManagedObjectReference[],
): void {
  for (const entity of list) move(ctx, folder, entity)
}

function move(ctx: Context, folder: ManagedObjectReference, entity: ManagedObjectReference): void {
  const { tx } = ctx
  const { childType } = tx.get('Folder', folder.value)
  const { name, parent } = tx.get('ManagedEntity', entity.value)
  const type = tx.entity(entity.value)?.type ?? entity.type
  if (type === 'HostSystem') {
    if (!accepts(childType, 'ComputeResource')) throw fault('NotSupported', {})
    moveHostOut(ctx, folder, entity, name)
    return
  }
  if (!accepts(childType, type)) throw fault('NotSupported', {})
  if (type === 'VirtualMachine') refuseSecondary(ctx, entity.value)
  if (parent?.value === folder.value) return
  if (type === 'Folder') {
    requireOwnFolder(ctx, entity.value)
    const { childType: own } = tx.get('Folder', entity.value)
    if (own?.[1] !== childType?.[1]) throw fault('NotSupported', {})
    if (entity.value === folder.value || [...ancestors(tx, folder.value)].includes(entity.value))
      throw fault('InvalidFolder', { target: entity })
  }
  if (type !== 'Datacenter' && datacenterOf(tx, entity.value) !== datacenterOf(tx, folder.value))
    throw fault('InvalidFolder', { target: folder })
  requireUniqueName(tx, folder.value, name, entity.value)
  tx.set('ManagedEntity', entity.value, { parent: folder })
  // Port groups lie beside their switch.
  for (const group of tx.lookup(portgroupsBySwitch, entity.value))
    tx.set('ManagedEntity', group, { parent: folder })
  const pair = groupOf(tx, entity.value)
  if (pair) tx.set('VirtualMachine', pair.secondary.vm, { parent: folder })
}

function moveHostOut(
  ctx: Context,
  folder: ManagedObjectReference,
  host: ManagedObjectReference,
  name: string,
): void {
  const { tx } = ctx
  const { parent } = tx.get('HostSystem', host.value)
  if (datacenterOf(tx, host.value) !== datacenterOf(tx, folder.value))
    throw fault('InvalidFolder', { target: folder })
  if (parent && tx.entity(parent.value)?.type === 'ComputeResource') {
    move(ctx, folder, parent)
    return
  }
  requireMovable(tx, host.value)
  requireUniqueName(tx, folder.value, name)
  moveHost(ctx, host.value, createStandalone(ctx, folder, name))
}
