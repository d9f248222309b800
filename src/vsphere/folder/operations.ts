import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { createDatacenter } from '../datacenter/build.js'
import { emit } from '../event/emit.js'
import { requireUniqueName, validName } from '../managed-entity/entity.js'
import { createFolder } from './build.js'
import { destroyComputeResource, destroyFolder, requireOwnFolder } from './destroy.js'
import { moveIntoFolder } from './move.js'
import { kindOf } from './rules.js'

/** The name that a new child may have. Throws InvalidName, DuplicateName. */
function newName(ctx: Context, folder: ManagedObjectReference, wanted: string): string {
  const name = validName(wanted, folder)
  requireUniqueName(ctx.tx, folder.value, name)
  return name
}

export const folderOperations = operations('Folder', {
  CreateFolder: (ctx, self, { name }) => createFolder(ctx, self, newName(ctx, self, name)),

  CreateDatacenter(ctx, self, { name: wanted }) {
    if (kindOf(ctx.tx, self) !== 'datacenter') throw fault('NotSupported', {})
    const name = newName(ctx, self, wanted)
    const datacenter = createDatacenter(ctx, self, name)
    emit(ctx, 'DatacenterCreatedEvent', {
      entity: datacenter,
      parent: data('FolderEventArgument', { name: ctx.tx.get('Folder', self.value).name, folder: self }),
    })
    return datacenter
  },

  MoveIntoFolder_Task: {
    run: (ctx, self, { list }) => moveIntoFolder(ctx, self, list),
  },

  Destroy_Task: {
    run(ctx, self) {
      requireOwnFolder(ctx, self.value)
      destroyFolder(ctx, self.value)
    },
  },
})

/** A cluster, or the compute resource around a standalone host: its hosts leave the inventory with it. */
export const computeResourceOperations = operations('ComputeResource', {
  Destroy_Task: {
    seconds: 2,
    run: (ctx, self) => destroyComputeResource(ctx, self.value),
  },
})
