import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { firstMoid, rootFolderFor } from '../core/well-known.js'
import { managedEntityDefaults } from '../managed-entity/entity.js'
import { FOLDER_KINDS, type FolderKind, folderKind } from './rules.js'

/** The root folder `Datacenters`, the first object of every world. */
export function createRootFolder(ctx: Context): ManagedObjectReference {
  const esxi = ctx.identity.kind === 'esxi'
  if (ctx.tx.counter('moid') === 0) ctx.tx.next('moid')
  return ctx.tx.create('Folder', rootFolderFor(ctx), {
    ...managedEntityDefaults(esxi ? 'ha-folder-root' : 'Datacenters', undefined),
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
  return ctx.tx.create('Folder', firstMoid(ctx, prefix), {
    ...managedEntityDefaults(name, parent),
    childType,
  })
}
