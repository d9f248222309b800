import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { type InternalTasks, operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { startTask } from '../task/task.js'
import { vmsOn } from './build.js'
import { type DatastoreVolume, datastoreVolumeId, datastoreVolumes } from './volumes.js'

/** The task that puts a datastore into maintenance mode, which no method is named after. */
const ENTER = 'Datastore.enterMaintenanceMode'

function setMode(ctx: Context, self: ManagedObjectReference, mode: DatastoreVolume['maintenance']): void {
  ctx.tx.set(datastoreVolumes, datastoreVolumeId(self.value), { maintenance: mode })
}

const modeOf = (ctx: Context, self: ManagedObjectReference) =>
  ctx.tx.get(datastoreVolumes, datastoreVolumeId(self.value)).maintenance

export const maintenanceTasks = {
  [ENTER]: {
    /** VMs are not moved away by themselves: with any on the datastore the task fails (deviation 83). */
    run(ctx: Context, self: ManagedObjectReference) {
      if (vmsOn(ctx, self.value).length > 0) {
        const { name } = ctx.tx.get('Datastore', self.value)
        throw fault('ResourceInUse', { type: 'Datastore', name })
      }
      setMode(ctx, self, 'inMaintenance')
    },
    failed(ctx: Context, self: ManagedObjectReference) {
      setMode(ctx, self, undefined)
    },
  },
} satisfies InternalTasks

export const maintenanceOperations = operations('Datastore', {
  /** Answers with the task that does it. InvalidState for a datastore that is in maintenance mode, or about to be. */
  DatastoreEnterMaintenanceMode(ctx, self) {
    if (modeOf(ctx, self) !== undefined) throw fault('InvalidState', {})
    setMode(ctx, self, 'enteringMaintenance')
    const behaviour = maintenanceTasks[ENTER]
    const task = startTask(ctx, { key: ENTER, self, args: {}, behaviour, descriptionId: ENTER, entity: self })
    return data('StoragePlacementResult', { task })
  },

  DatastoreExitMaintenanceMode_Task: {
    before(ctx, self) {
      if (modeOf(ctx, self) !== 'inMaintenance') throw fault('InvalidState', {})
    },
    run(ctx, self) {
      setMode(ctx, self, undefined)
    },
  },
})
