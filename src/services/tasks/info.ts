import { isMoRef } from '#inventory/entity.js'
import { instant, timestamp } from '#ports/clock.js'
import { type LocalizableMessage, message } from '#vapi/error.js'
import type {
  CisTaskInfo,
  CisTaskProgress,
  CisTaskStatus,
  CisTasksGetSpec,
  DynamicStructure,
} from '#vapi/generated/types.js'
import { operation as operationOf } from '#vapi/schema.js'
import type { Operation } from '#vapi/types.js'
import { VimFault } from '#vim25/fault.js'
import type { TaskInfo, TaskInfoState } from '#vim25/generated/types.js'
import type { Identity } from '#vsphere/core/identity.js'
import { principalName } from '#vsphere/session/rules.js'
import { labelOf } from '#vsphere/task/labels.js'
import type { TaskOrigin } from '../core/task-origin.js'
import { fromVimFault } from '../core/vim-errors.js'

const STATUS: Readonly<Record<TaskInfoState, CisTaskStatus>> = {
  queued: 'PENDING',
  running: 'RUNNING',
  success: 'SUCCEEDED',
  error: 'FAILED',
}

/**
 * What started a task: the operation of the Automation API, or the vim25 method, as `com.vmware.vim25.VirtualMachine` and
 * `PowerOnVM_Task` (deviation 59).
 */
export function originOfInfo(info: TaskInfo, origin: TaskOrigin | undefined): TaskOrigin {
  if (origin) return origin
  const dot = info.descriptionId.lastIndexOf('.')
  return {
    service: `com.vmware.vim25.${info.descriptionId.slice(0, Math.max(dot, 0))}`,
    operation: info.name ?? info.descriptionId.slice(dot + 1),
  }
}

/** A vim25 task as com.vmware.cis.tasks tells of it (rest-wire 2.3). */
export function cisTaskInfo(
  info: TaskInfo,
  from: TaskOrigin,
  identity: Identity,
  spec: CisTasksGetSpec = {},
): CisTaskInfo {
  const { service, operation } = from
  const result = info.state === 'success' && !spec.exclude_result ? resultOf(info.result) : undefined
  return {
    description: describe(info),
    service,
    operation,
    status: STATUS[info.state],
    cancelable: info.cancelable,
    ...(info.parentTaskKey === undefined ? {} : { parent: `${info.parentTaskKey}:${identity.instanceUuid}` }),
    ...(info.entity ? { target: { type: info.entity.type, id: info.entity.value } } : {}),
    ...(info.state === 'queued' ? {} : { progress: progressOf(info) }),
    ...(result === undefined ? {} : { result }),
    ...(info.error ? { error: errorOf(info, from, identity) } : {}),
    ...(info.startTime === undefined ? {} : { start_time: timestamp(instant(info.startTime)) }),
    ...(info.completeTime === undefined ? {} : { end_time: timestamp(instant(info.completeTime)) }),
    ...userOf(info),
  }
}

const describe = ({ descriptionId }: TaskInfo): LocalizableMessage =>
  message(`${descriptionId}.label`, labelOf(descriptionId))

function progressOf(info: TaskInfo): CisTaskProgress {
  const completed = info.state === 'success' ? 100 : (info.progress ?? 0)
  return { total: 100, completed, message: describe(info) }
}

/** The object that came out of it, by its identifier, or a plain value; other data of vim25 has no form here. */
function resultOf(result: unknown): unknown {
  if (isMoRef(result)) return result.value
  if (typeof result !== 'object' || result === null) return result
  const { _value } = result as { readonly _value?: unknown }
  return typeof _value === 'object' ? undefined : _value
}

export function userOf({ reason }: TaskInfo): { readonly user?: string } {
  return 'userName' in reason && typeof reason.userName === 'string'
    ? { user: principalName(reason.userName) }
    : {}
}

/** The error that the operation would have answered with. */
function errorOf({ error }: TaskInfo, from: TaskOrigin, identity: Identity): DynamicStructure {
  const fault = new VimFault(error?.fault ?? ({} as never), error?.localizedMessage ?? '')
  const { type, messages, structure } = fromVimFault(fault, declaredBy(from), identity)
  return { '@class': structure, error_type: type, messages }
}

function declaredBy({ service, operation }: TaskOrigin): Operation {
  const found = operationOf(service, operation)
  return found ?? { ...(operationOf('com.vmware.cis.tasks', 'get') as Operation), errors: [] }
}
