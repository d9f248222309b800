import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { type Context, newMoid } from '../core/context.js'
import { managedEntityDefaults } from '../managed-entity/entity.js'
import { FOLDER_KINDS, type FolderKind, folderKind } from './rules.js'

export const ROOT_FOLDER = 'group-d1'

/** The root folder `Datacenters`, the first object of every world. */
export function createRootFolder(ctx: Context): ManagedObjectReference {
  if (ctx.tx.counter('moid') === 0) ctx.tx.next('moid')
  return ctx.tx.create('Folder', ROOT_FOLDER, {
    ...managedEntityDefaults('Datacenters', undefined),
    childType: FOLDER_KINDS.datacenter.childType,
  })
}

/**
 * A folder in a folder, of the parent's kind; `name` is taken as it is. No event, no check of the name: those are the
 * operation's (operations.ts).
 */
export function createFolder(
  ctx: Context,
  parent: ManagedObjectReference,
  name: string,
): ManagedObjectReference {
  const kind = folderKind(ctx.tx.get('Folder', parent.value).childType)
  if (!kind) throw fault('NotSupported', {})
  return createFolderOfKind(ctx, parent, name, kind)
}

/** A folder of a given kind under any parent: the four folders of a datacenter. */
export function createFolderOfKind(
  ctx: Context,
  parent: ManagedObjectReference,
  name: string,
  kind: FolderKind,
): ManagedObjectReference {
  const { prefix, childType } = FOLDER_KINDS[kind]
  return ctx.tx.create('Folder', newMoid(ctx.tx, prefix), {
    ...managedEntityDefaults(name, parent),
    childType,
  })
}
