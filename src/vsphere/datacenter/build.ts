import { moRef } from '#inventory/entity.js'
import { data } from '#vim25/data.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { firstMoid } from '../core/well-known.js'
import { createFolderOfKind } from '../folder/build.js'
import { managedEntityDefaults } from '../managed-entity/entity.js'

const configuration = data('DatacenterConfigInfo', {})

/**
 * A datacenter in a folder of datacenters, with its four folders `vm`, `host`, `datastore` and `network`, whose numbers
 * follow its own (rest-wire 4). No event, no check of the name.
 */
export function createDatacenter(
  ctx: Context,
  folder: ManagedObjectReference,
  name: string,
): ManagedObjectReference {
  const id = firstMoid(ctx, 'datacenter')
  const self = moRef('Datacenter', id)
  const vmFolder = createFolderOfKind(ctx, self, 'vm', 'vm')
  const hostFolder = createFolderOfKind(ctx, self, 'host', 'host')
  const datastoreFolder = createFolderOfKind(ctx, self, 'datastore', 'datastore')
  const networkFolder = createFolderOfKind(ctx, self, 'network', 'network')
  return ctx.tx.create('Datacenter', id, {
    ...managedEntityDefaults(name, folder),
    vmFolder,
    hostFolder,
    datastoreFolder,
    networkFolder,
    configuration,
  })
}
