import { data } from '#vim25/data.js'
import { fault, VimFault } from '#vim25/fault.js'
import type { LocalizedMethodFault, TaskInfo } from '#vim25/generated/types.js'
import { requirePrivilege } from '../authorization/check.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { createForeignTask } from './foreign.js'
import { cancelTask, completeTask, failTask, isOver, setInfo, taskWork, workId } from './task.js'

export const taskManagerOperations = operations('TaskManager', {
  CreateTask: createForeignTask,
})

export const taskOperations = operations('Task', {
  /** One's own task, else one needs Global.CancelTask. */
  CancelTask(ctx, self) {
    const { reason } = ctx.tx.get('Task', self.value).info
    const own =
      reason._typeName === 'TaskReasonUser' &&
      'userName' in reason &&
      reason.userName === ctx.session?.userName
    if (!own) requirePrivilege(ctx.tx, ctx.session, self, 'Global.CancelTask')
    cancelTask(ctx, self.value)
  },

  SetTaskState(ctx, self, { state, result, fault: error }) {
    const info = foreignTask(ctx, self.value)
    if (isOver(info) || state === 'queued' || state === info.state) throw fault('InvalidState', {})
    if (state === 'running') setInfo(ctx.tx, self.value, { state, startTime: ctx.time, progress: 0 })
    else if (state === 'success') completeTask(ctx, self.value, result)
    else failTask(ctx, self.value, errorOf(error))
  },

  /** Beyond 0 and 100 it is clamped (soap-wire 6.2). */
  UpdateProgress(ctx, self, { percentDone }) {
    if (foreignTask(ctx, self.value).state !== 'running') throw fault('InvalidState', {})
    setInfo(ctx.tx, self.value, { progress: Math.min(100, Math.max(0, percentDone)) })
  },

  SetTaskDescription(ctx, self, { description }) {
    setInfo(ctx.tx, self.value, { description })
  },
})

/** A task that a client carries on; the server's own move by themselves alone. */
function foreignTask(ctx: Context, task: string): TaskInfo {
  if (ctx.tx.find(taskWork, workId(task))) throw fault('InvalidState', {})
  return ctx.tx.get('Task', task).info
}

function errorOf(error: LocalizedMethodFault | undefined): VimFault {
  if (!error) return fault('SystemError', { reason: '' })
  const { fault: cause, localizedMessage } = data('LocalizedMethodFault', error)
  return new VimFault(cause, localizedMessage ?? '')
}
