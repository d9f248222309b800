import type { AgendaEntry } from '#inventory/root.js'
import { fault, VimFault } from '#vim25/fault.js'
import { toAny } from '#vim25/json/any-slot.js'
import { type Method, managedType } from '#vim25/schema.js'
import type { TaskBehaviour } from '../core/behaviour.js'
import { isDeclared, isTaskBehaviour } from '../core/registry.js'
import type { Sandbox } from '../core/sandbox.js'
import { advanceTask, callerOf, completeTask, failTask, taskWork, workId } from './task.js'

/** Runs a task's next stage or its body; a fault undoes that stage's changes and becomes the task's error. */
export function runTaskStage(sandbox: Sandbox, entry: AgendaEntry): void {
  const task = String(entry.refs.task)
  const { read } = sandbox.inventory
  if (!read.find(taskWork, workId(task))) {
    sandbox.transact({}, (ctx) => ctx.tx.unschedule(entry.number))
    return
  }
  const { work, caller } = callerOf(read, task)
  const { behaviour, method } = find(sandbox, work.key)
  try {
    sandbox.transact(caller, (ctx) => {
      ctx.tx.unschedule(entry.number)
      const stages = behaviour.stages ?? []
      const stage = stages[work.stage]
      if (stage) {
        stage(ctx, work.self, work.args)
        advanceTask(ctx, task, stages.length)
      } else {
        const result = behaviour.run(ctx, work.self, work.args)
        const type = method?.taskResult
        completeTask(ctx, task, type && result !== undefined ? toAny(result, type) : result)
      }
    })
  } catch (error) {
    const cause = error instanceof VimFault ? error : broken(sandbox, work.key, error)
    if (sandbox.strict && method && !isDeclared(method, cause.fault._typeName))
      throw new Error(`${work.key} failed with ${cause.fault._typeName}, which it does not declare.`, {
        cause,
      })
    sandbox.transact(caller, (ctx) => {
      ctx.tx.unschedule(entry.number)
      behaviour.failed?.(ctx, work.self, work.args, cause)
      failTask(ctx, task, cause)
    })
  }
}

function broken(sandbox: Sandbox, key: string, error: unknown): VimFault {
  if (sandbox.strict) throw error
  sandbox.services.log.error({ err: error, task: key }, 'A task broke; what it changed was undone.')
  return fault(
    'SystemError',
    { reason: 'internal error' },
    `A general system error occurred: ${key} failed inside Fauxsphere; nothing was changed. The server's log says more.`,
  )
}

function find(sandbox: Sandbox, key: string): { behaviour: TaskBehaviour; method: Method | undefined } {
  const internal = sandbox.registry.internalTask(key)
  if (internal) return { behaviour: internal, method: undefined }
  const [type = '', name = ''] = key.split('.')
  const behaviour = sandbox.registry.behaviour(type, name)
  if (!behaviour || !isTaskBehaviour(behaviour)) throw new Error(`There is no task ${key}.`)
  return { behaviour, method: managedType(type)?.methods.get(name) }
}
