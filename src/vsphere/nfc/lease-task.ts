import { patch } from '#vim25/data.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { setInfo, startTask, taskWork, workId } from '../task/task.js'

/** A task that runs as long as a lease: its end is the lease's. The entity is busy meanwhile (TaskInProgress). */
export function leaseTask(
  ctx: Context,
  descriptionId: string,
  entity: ManagedObjectReference,
): ManagedObjectReference {
  const task = startTask(ctx, {
    key: descriptionId,
    self: entity,
    args: {},
    behaviour: { run: () => undefined },
    descriptionId,
    entity,
  })
  // Nothing carries it on but the lease.
  ctx.tx.unschedule(ctx.tx.get(taskWork, workId(task.value)).agenda)
  setInfo(ctx.tx, task.value, { state: 'running', startTime: ctx.time, progress: 0 })
  return task
}

export function taskProgress(ctx: Context, task: string, progress: number): void {
  if (ctx.tx.find('Task', task))
    ctx.tx.update('Task', task, ({ info }) => ({ info: patch(info, { progress }) }))
}
