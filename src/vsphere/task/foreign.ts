import { data, patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference, TaskInfo } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { labelOf } from './labels.js'

/**
 * TaskManager.CreateTask: a task that a client carries on by itself (SetTaskState, UpdateProgress). Its type has to be
 * one that an extension registered (soap-wire 6.2).
 */
export function createForeignTask(
  ctx: Context,
  _self: ManagedObjectReference,
  args: {
    readonly obj: ManagedObjectReference
    readonly taskTypeId: string
    readonly initiatedBy?: string | undefined
    readonly cancelable: boolean
    readonly parentTaskKey?: string | undefined
    readonly activationId?: string | undefined
  },
): TaskInfo {
  const { tx } = ctx
  if (!isRegistered(ctx, args.taskTypeId)) throw fault('InvalidArgument', { invalidProperty: 'taskType' })
  const target = tx.entity(args.obj.value)
  if (!target?.ref) throw fault('ManagedObjectNotFound', { obj: args.obj })
  const parent = args.parentTaskKey === undefined ? undefined : tx.find('Task', args.parentTaskKey)?.info
  if (args.parentTaskKey !== undefined && !parent)
    throw fault('InvalidArgument', { invalidProperty: 'parentTaskKey' })

  const id = `task-${tx.next('task')}`
  const entity = isA(target.type, 'ManagedEntity') ? target.ref : undefined
  const task = tx.create('Task', id, { info: undefined } as never)
  const info = data('TaskInfo', {
    key: id,
    task,
    descriptionId: args.taskTypeId,
    entity,
    entityName: entity && tx.get('ManagedEntity', entity.value).name,
    state: 'queued',
    cancelled: false,
    cancelable: args.cancelable,
    reason: data('TaskReasonUser', { userName: args.initiatedBy ?? ctx.session?.userName ?? '' }),
    queueTime: ctx.time,
    eventChainId: ctx.chain,
    parentTaskKey: parent?.key,
    rootTaskKey: parent && (parent.rootTaskKey ?? parent.key),
    activationId: args.activationId,
  })
  const { chainId } = emit(ctx, 'TaskEvent', { entity, info, label: labelOf(args.taskTypeId) })
  const chained = patch(info, { eventChainId: chainId })
  tx.set('Task', id, { info: chained })
  return chained
}

function isRegistered(ctx: Context, taskType: string): boolean {
  const extensions = ctx.tx.find('ExtensionManager', 'ExtensionManager')?.extensionList ?? []
  return extensions.some((extension) => extension.taskList?.some(({ taskID }) => taskID === taskType))
}
