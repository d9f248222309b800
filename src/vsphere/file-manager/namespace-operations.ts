import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { requireRight } from './resolve.js'
import { placeOfVolumePath } from './volume-path.js'

/**
 * Top-level directories of vSAN and vVol datastores are objects with names of their own. There are no such datastores here:
 * what every other datastore answers is all there is (messages as govmomi's simulator has them).
 */
export const namespaceOperations = operations('DatastoreNamespaceManager', {
  CreateDirectory(ctx, _self, { datastore, displayName }) {
    ctx.tx.get('Datastore', datastore.value)
    throw fault('CannotCreateFile', {
      file: `Datastore not supported for directory creation by DatastoreNamespaceManager: ${displayName ?? ''}`,
    })
  },

  DeleteDirectory(ctx, _self, { datacenter, datastorePath }) {
    const place = placeIn(ctx, datastorePath, datacenter)
    requireRight(ctx, place, 'Datastore.Config')
    throw fault('FileFault', {
      file: `Datastore not supported for directory deletion by DatastoreNamespaceManager: ${datastorePath}`,
    })
  },

  ConvertNamespacePathToUuidPath(ctx, _self, { datacenter, namespaceUrl }): string {
    const { datastore } = placeIn(ctx, namespaceUrl, datacenter)
    throw fault('InvalidDatastore', {
      datastore: ctx.tx.ref(datastore),
      name: ctx.tx.get('Datastore', datastore).name,
    })
  },

  IncreaseDirectorySize(ctx, _self, { datacenter, stableName }) {
    placeIn(ctx, stableName, datacenter)
    throw fault('NotSupported', {})
  },

  QueryDirectoryInfo(ctx, _self, { datacenter, stableName }) {
    placeIn(ctx, stableName, datacenter)
    throw fault('NotSupported', {})
  },
})

/** Throws InvalidArgument without a datacenter, and InvalidDatastorePath for no place in it. */
function placeIn(ctx: Context, text: string, datacenter: ManagedObjectReference | undefined) {
  if (!datacenter) throw fault('InvalidArgument', { invalidProperty: 'datacenter' })
  return placeOfVolumePath(ctx.tx, text, datacenter.value)
}
