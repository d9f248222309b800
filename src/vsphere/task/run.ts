import type { AgendaEntry } from '#inventory/root.js'
import { VimFault } from '#vim25/fault.js'
import { toAny } from '#vim25/json/any-slot.js'
import { type Method, managedType } from '#vim25/schema.js'
import type { TaskBehaviour } from '../core/behaviour.js'
import { broken } from '../core/broken.js'
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
      if (!behaviour) throw new Error(`There is no task ${work.key}.`)
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
    const fail = (tell?: TaskBehaviour['failed']) =>
      sandbox.transact(caller, (ctx) => {
        ctx.tx.unschedule(entry.number)
        tell?.(ctx, work.self, work.args, cause)
        failTask(ctx, task, cause)
      })
    try {
      fail(behaviour?.failed)
    } catch (another) {
      broken(sandbox, `What follows the failure of ${work.key}`, another)
      fail()
    }
  }
}

function find(
  sandbox: Sandbox,
  key: string,
): { behaviour: TaskBehaviour | undefined; method: Method | undefined } {
  const internal = sandbox.registry.internalTask(key)
  if (internal) return { behaviour: internal, method: undefined }
  const [type = '', name = ''] = key.split('.')
  const behaviour = sandbox.registry.behaviour(type, name)
  return {
    behaviour: behaviour && isTaskBehaviour(behaviour) ? behaviour : undefined,
    method: managedType(type)?.methods.get(name),
  }
}
