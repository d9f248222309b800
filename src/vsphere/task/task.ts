import { recordKind } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import type { Transaction } from '#inventory/transaction.js'
import { instant } from '#ports/clock.js'
import { data, patch } from '#vim25/data.js'
import { fault, localized, type VimFault } from '#vim25/fault.js'
import type { ManagedObjectReference, TaskInfo, TaskReason } from '#vim25/generated/types.js'
import { managedType } from '#vim25/schema.js'
import type { TaskBehaviour } from '../core/behaviour.js'
import { type Context, later, type Session } from '../core/context.js'
import { emit } from '../event/emit.js'
import { labelOf } from './labels.js'

/** What a task still has to do; a private record `work:<task>` that lives as long as the task runs. */
export interface TaskWork {
  /** A method (`VirtualMachine.PowerOnVM_Task`) or an internal task's descriptionId. */
  readonly key: string
  readonly self: ManagedObjectReference
  readonly args: Readonly<Record<string, unknown>>
  /** Who asked; undefined for the server itself. */
  readonly session: Session | undefined
  /** The next stage to run; stages.length = the body. */
  readonly stage: number
  /** Milliseconds between the stages. */
  readonly interval: number
  /** The agenda entry that goes on with it. */
  readonly agenda: number
}

export const taskWork = recordKind<TaskWork>('taskWork')
export const workId = (task: string) => `work:${task}`

/** A completed task stays in recentTask for ten minutes (soap-wire 6.2), and at most this many do. */
export const RECENT_TASK_MS = 10 * 60_000
export const RECENT_TASKS = 200

export interface TaskRequest {
  readonly key: string
  readonly self: ManagedObjectReference
  readonly args: Readonly<Record<string, unknown>>
  readonly behaviour: TaskBehaviour
  readonly descriptionId: string
  /** TaskInfo.name (`PowerOnVM_Task`); unset for internal tasks. */
  readonly name?: string | undefined
  readonly entity: ManagedObjectReference | undefined
  readonly parent?: ManagedObjectReference | undefined
}

/** Creates a queued task and puts its start on the agenda. */
export function startTask(ctx: Context, request: TaskRequest): ManagedObjectReference {
  const { tx } = ctx
  const id = taskId(ctx, request)
  const parentInfo = request.parent && tx.find('Task', request.parent.value)?.info
  const self: ManagedObjectReference = Object.freeze({
    _typeName: 'ManagedObjectReference',
    value: id,
    type: 'Task',
  })
  const named = request.entity && tx.find('ManagedEntity', request.entity.value)
  const info = data('TaskInfo', {
    key: id,
    task: self,
    name: request.name,
    descriptionId: request.descriptionId,
    entity: request.entity,
    entityName: named?.name,
    state: 'queued',
    cancelled: false,
    cancelable: request.behaviour.cancelable ?? false,
    reason: reasonOf(ctx.session),
    queueTime: ctx.time,
    eventChainId: ctx.chain,
    parentTaskKey: parentInfo?.key,
    rootTaskKey: parentInfo?.rootTaskKey ?? parentInfo?.key,
  })
  const chain = emit(ctx, 'TaskEvent', {
    entity: request.entity,
    info,
    label: labelOf(request.descriptionId),
  }).chainId
  const ref = tx.create('Task', id, {
    info: patch(info, { eventChainId: chain }),
    value: none,
    availableField: none,
  })
  const seconds = request.behaviour.seconds ?? 1
  const duration = typeof seconds === 'number' ? seconds : seconds(ctx, request.self, request.args)
  const stages = request.behaviour.stages?.length ?? 0
  tx.create(taskWork, workId(id), {
    key: request.key,
    self: request.self,
    args: request.args,
    session: ctx.session,
    stage: 0,
    interval: (duration * 1000) / (stages + 1),
    agenda: later(ctx, 0, 'task.start', { task: id }),
  })
  return ref
}

/** `task-17`; an ESXi's name says what they do, too (soap-wire 6.1). */
function taskId({ tx, identity }: Context, { self, descriptionId }: TaskRequest): string {
  const number = tx.next('task')
  return identity.kind === 'esxi' ? `haTask-${self.value}-vim.${descriptionId}-${number}` : `task-${number}`
}

const none = Object.freeze([])

function reasonOf(session: Session | undefined): TaskReason {
  return session ? data('TaskReasonUser', { userName: session.userName }) : data('TaskReasonSystem', {})
}

/** queued -> running, with the first stage (or the body) on the agenda. */
export function beginTask(ctx: Context, task: string): void {
  const work = ctx.tx.find(taskWork, workId(task))
  if (!work) return
  setInfo(ctx.tx, task, { state: 'running', startTime: ctx.time, progress: 0 })
  scheduleNext(ctx, task, work)
}

/** Notes that a stage is done and puts the next on the agenda. */
export function advanceTask(ctx: Context, task: string, stages: number): void {
  const work = ctx.tx.get(taskWork, workId(task))
  const stage = work.stage + 1
  setInfo(ctx.tx, task, { progress: Math.floor((100 * stage) / (stages + 1)) })
  ctx.tx.set(taskWork, workId(task), { stage })
  scheduleNext(ctx, task, work)
}

function scheduleNext(ctx: Context, task: string, work: TaskWork): void {
  const due =
    ctx.now + Math.round(work.interval * ctx.services.pace) + (work.stage === 0 ? slowness(ctx, work) : 0)
  ctx.tx.set(taskWork, workId(task), { agenda: ctx.tx.schedule(due, 'task.stage', { task }) })
}

/** How much longer than usual a task takes, whatever the pace. */
function slowness({ services }: Context, { key }: TaskWork): number {
  const [type = '', name = ''] = key.split('.')
  const method = services.latency && managedType(type)?.methods.get(name)
  return method ? (services.latency?.ofTask(name, method.vmodl) ?? 0) : 0
}

/** running -> success; `result` is the task's result as an Any slot holds it. */
export function completeTask(ctx: Context, task: string, result: unknown): void {
  finish(ctx, task, {
    state: 'success',
    result: result as TaskInfo['result'],
    completeTime: ctx.time,
    progress: undefined,
  })
}

/** any -> error. */
export function failTask(ctx: Context, task: string, error: VimFault): void {
  finish(ctx, task, { state: 'error', error: localized(error), completeTime: ctx.time, progress: undefined })
}

function finish(ctx: Context, task: string, changes: Partial<TaskInfo>): void {
  const { tx } = ctx
  setInfo(tx, task, changes)
  const work = tx.find(taskWork, workId(task))
  if (work) {
    tx.unschedule(work.agenda)
    tx.remove(workId(task))
  }
  if (ctx.quiet) {
    tx.remove(task)
    return
  }
  retireBeyondBound(ctx)
  scheduleRetirement(ctx)
}

/** One entry on the agenda for all finished tasks: it falls due when the first of them is no longer recent. */
const retirement = recordKind<Record<string, never>>('taskRetirement')
const RETIREMENT = 'task.retire'

function scheduleRetirement(ctx: Context): void {
  if (ctx.tx.entity(RETIREMENT)) return
  const due = Math.min(...[...ctx.tx.ids('Task')].map((id) => recentUntil(ctx.tx.get('Task', id).info)))
  if (due === Number.POSITIVE_INFINITY) return
  ctx.tx.create(retirement, RETIREMENT, {})
  ctx.tx.schedule(due, RETIREMENT, {})
}

const recentUntil = ({ completeTime }: TaskInfo) =>
  completeTime === undefined ? Number.POSITIVE_INFINITY : instant(completeTime) + RECENT_TASK_MS

/** `work` for 'task.retire': what finished ten minutes ago is history. */
export function retireOldTasks(ctx: Context): void {
  if (ctx.tx.entity(RETIREMENT)) ctx.tx.remove(RETIREMENT)
  for (const id of [...ctx.tx.ids('Task')])
    if (recentUntil(ctx.tx.get('Task', id).info) <= ctx.now) retireTask(ctx.tx, id)
  scheduleRetirement(ctx)
}

/** A task that is history: the object goes, its TaskInfo stays in the task history. */
function retireTask(tx: Transaction, task: string): void {
  const info = tx.find('Task', task)?.info
  if (!info) return
  tx.remove(task)
  tx.archive(info)
}

function retireBeyondBound(ctx: Context): void {
  const surplus = ctx.tx.count('Task') - RECENT_TASKS
  if (surplus <= 0) return
  const oldest: string[] = []
  for (const id of ctx.tx.ids('Task')) {
    if (isOver(ctx.tx.get('Task', id).info)) oldest.push(id)
    if (oldest.length === surplus) break
  }
  for (const id of oldest) retireTask(ctx.tx, id)
}

/**
 * CancelTask: a finished task is InvalidState, one that cannot be cancelled NotSupported (soap-wire 6.2). A task that a
 * client carries on is only marked: its end is the client's to tell.
 */
export function cancelTask(ctx: Context, task: string): void {
  const { info } = ctx.tx.get('Task', task)
  if (isOver(info)) throw fault('InvalidState', {})
  if (!info.cancelable) throw fault('NotSupported', {})
  setInfo(ctx.tx, task, { cancelled: true })
  if (ctx.tx.find(taskWork, workId(task))) failTask(ctx, task, fault('RequestCanceled', {}))
}

export function isOver(info: TaskInfo): boolean {
  return info.state === 'success' || info.state === 'error'
}

/** Tasks that only read their entity: a template is cloned as often as one likes at the same time. */
const SHARING: ReadonlySet<string> = new Set(['VirtualMachine.CloneVM_Task'])

/** A queued or running task on the entity whose method excludes others; what TaskInProgress names. */
export function taskInProgress(
  read: Reader,
  entity: ManagedObjectReference,
): ManagedObjectReference | undefined {
  // Mostly nothing is under way, and an entity may have hundreds of recent tasks.
  if (read.count(taskWork) === 0) return undefined
  for (const ref of read.find('ManagedEntity', entity.value)?.recentTask ?? []) {
    const work = read.find(taskWork, workId(ref.value))
    if (work && !SHARING.has(work.key)) return ref
  }
  return undefined
}

export function setInfo(tx: Transaction, task: string, changes: Partial<TaskInfo>): void {
  tx.update('Task', task, ({ info }) => ({ info: patch(info, changes) }))
}

/** What to tell a stage or body about its caller. */
export function callerOf(read: Reader, task: string) {
  const work = read.get(taskWork, workId(task))
  return {
    work,
    caller: { session: work.session, chain: read.get('Task', task).info.eventChainId, task: read.ref(task) },
  }
}
