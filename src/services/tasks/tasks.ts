import { vapiError } from '#vapi/error.js'
import type { CisTaskInfo, CisTasksFilterSpec } from '#vapi/generated/types.js'
import type { TaskInfo } from '#vim25/generated/types.js'
import { type ServiceCall, taskId } from '../core/call.js'
import { mayRead } from '../core/objects.js'
import { service } from '../core/service.js'
import { originOf } from '../core/task-origin.js'
import { cisTaskInfo, originOfInfo } from './info.js'

/** More matching tasks than this are RESOURCE_INACCESSIBLE (documented for the list). */
const MOST = 1000

/** The tasks of vim25, whoever started them, as long as the world remembers them. */
export const tasks = service('com.vmware.cis.tasks', {
  get: (call, { task, spec }) => told(call, requireTask(call, task), spec),

  /** A filter names tasks or services (documented): not set is not filtered, and of each list one must fit. */
  list(call, { filter_spec: filter = {}, result_spec: spec }) {
    if (!filter.tasks?.length && !filter.services?.length)
      throw vapiError(
        'INVALID_ARGUMENT',
        'com.vmware.vapi.tasks.filter_required',
        'The filter must name tasks or services.',
      )
    const found: Record<string, CisTaskInfo> = {}
    for (const info of filter.tasks ? named(call, filter.tasks) : everyTask(call))
      if (matches(call, info, filter))
        found[taskId(call.sandbox, { value: info.key })] = told(call, info, spec)
    if (Object.keys(found).length > MOST)
      throw vapiError(
        'RESOURCE_INACCESSIBLE',
        'com.vmware.vapi.tasks.too_many_matches',
        'More than {0} tasks match the filter.',
        [String(MOST)],
      )
    return found
  },

  /** UNSUPPORTED for a task that cannot be cancelled, NOT_ALLOWED_IN_CURRENT_STATE for one that is over. */
  cancel(call, { task }) {
    const { key } = requireTask(call, task)
    if (!call.read.find('Task', key))
      throw vapiError('NOT_ALLOWED_IN_CURRENT_STATE', 'com.vmware.vapi.tasks.over', 'Task {0} is over.', [
        task,
      ])
    call.vim('Task', key, 'CancelTask', {})
  },
})

function told(call: ServiceCall, info: TaskInfo, spec: Parameters<typeof cisTaskInfo>[3]): CisTaskInfo {
  const { identity } = call.sandbox.services
  return cisTaskInfo(info, originOfInfo(info, originOf(call.read, info.key)), identity, spec)
}

/** Of all that the world remembers, what the caller may see, oldest first. */
function everyTask(call: ServiceCall): readonly TaskInfo[] {
  const present = [...call.read.ids('Task')].map((id) => call.read.get('Task', id).info)
  return [...call.read.taskHistory(), ...present].filter((info) => maySee(call, info))
}

function named(call: ServiceCall, ids: readonly string[]): readonly TaskInfo[] {
  return [...new Set(ids)]
    .map((id) => findTask(call, id))
    .filter((info) => info !== undefined)
    .filter((info) => maySee(call, info))
}

function findTask({ read, sandbox }: ServiceCall, id: string): TaskInfo | undefined {
  const ours = `:${sandbox.services.identity.instanceUuid}`
  if (!id.endsWith(ours)) return undefined
  const key = id.slice(0, -ours.length)
  return read.find('Task', key)?.info ?? read.taskHistory().findLast((past) => past.key === key)
}

function requireTask(call: ServiceCall, id: string): TaskInfo {
  const info = findTask(call, id)
  if (!info)
    throw vapiError(
      'NOT_FOUND',
      'com.vmware.vapi.tasks.not_found',
      "Task with identifier '{0}' does not exist.",
      [id],
    )
  if (!maySee(call, info))
    throw vapiError(
      'UNAUTHORIZED',
      'vapi.authz.error.no.privs',
      'The following ({0}) privileges are insufficient to user',
      [`object: ${id} privileges: System.Read`],
    )
  return info
}

const maySee = (call: ServiceCall, { entity }: TaskInfo): boolean => {
  const ref = entity && call.read.entity(entity.value)?.ref
  return !ref || mayRead(call, ref)
}

function matches(call: ServiceCall, info: TaskInfo, filter: CisTasksFilterSpec): boolean {
  const { service, operation, status, target, user } = told(call, info, { exclude_result: true })
  const within = (allowed: readonly string[] | undefined, value: string | undefined) =>
    !allowed?.length || (value !== undefined && allowed.includes(value))
  return (
    within(filter.services, service) &&
    within(filter.operations, operation) &&
    within(filter.status, status) &&
    within(filter.users, user) &&
    (!filter.targets?.length ||
      filter.targets.some(({ type, id }) => target?.type === type && target.id === id))
  )
}
