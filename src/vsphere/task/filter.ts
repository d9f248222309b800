import type { Reader } from '#inventory/reader.js'
import { patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  TaskFilterSpec,
  TaskInfo,
  TaskInfoFilterSpec,
  TaskReasonAlarm,
  TaskReasonSchedule,
  TaskReasonUser,
} from '#vim25/generated/types.js'
import { isRootFolder } from '../core/well-known.js'
import { timeSpan, userTest } from '../event/filter.js'
import { isBelow } from '../event/subject.js'

export type TaskTest = (info: TaskInfo) => boolean

/** Throws InvalidArgument for a reference to nothing (soap-wire 6.4). */
export function checkTaskFilter(read: Reader, { entity, alarm, scheduledTask }: TaskFilterSpec): void {
  if (entity && !read.find('ManagedEntity', entity.entity.value)) throw invalid('filter.entity.entity')
  if (alarm && !read.find('Alarm', alarm.value)) throw invalid('filter.alarm')
  if (scheduledTask && !read.find('ScheduledTask', scheduledTask.value)) throw invalid('filter.scheduledTask')
}

const invalid = (invalidProperty: string) => fault('InvalidArgument', { invalidProperty })

/** What a TaskFilterSpec lets through: a task has to pass every member that is set. */
export function taskTest(read: Reader, filter: TaskFilterSpec): TaskTest {
  const { entity, time, userName, activationId, state, alarm, scheduledTask } = filter
  const { eventChainId, tag, parentTaskKey, rootTaskKey } = filter
  const tests: TaskTest[] = []
  if (state?.length) tests.push((info) => state.includes(info.state))
  if (eventChainId?.length) tests.push((info) => eventChainId.includes(info.eventChainId))
  if (activationId?.length) tests.push(has(activationId, 'activationId'))
  if (parentTaskKey?.length) tests.push(has(parentTaskKey, 'parentTaskKey'))
  if (rootTaskKey?.length) tests.push(has(rootTaskKey, 'rootTaskKey'))
  // An empty tag means those without one.
  if (tag?.length) tests.push(({ changeTag }) => tag.includes(changeTag ?? ''))
  if (alarm) tests.push(({ reason }) => (reason as Cause).alarm?.value === alarm.value)
  if (scheduledTask)
    tests.push(({ reason }) => (reason as Cause).scheduledTask?.value === scheduledTask.value)
  if (userName) {
    const passes = userTest(userName)
    tests.push(({ reason }) => passes((reason as Cause).userName ?? ''))
  }
  if (time) {
    const within = timeSpan(time.beginTime, time.endTime)
    const member = TIMES[time.timeType]
    // Who did not get so far has no such time.
    tests.push((info) => {
      const at = info[member]
      return at !== undefined && within(at)
    })
  }
  if (entity) tests.push(entityTest(read, entity))
  return (info) => tests.every((test) => test(info))
}

/** What the kinds of TaskReason say. */
type Cause = Partial<Pick<TaskReasonAlarm, 'alarm'> & Pick<TaskReasonSchedule, 'scheduledTask'>> &
  Partial<Pick<TaskReasonUser, 'userName'>>

const TIMES = {
  queuedTime: 'queueTime',
  startedTime: 'startTime',
  completedTime: 'completeTime',
} as const

const has =
  (wanted: readonly string[], member: 'activationId' | 'parentTaskKey' | 'rootTaskKey'): TaskTest =>
  (info) =>
    info[member] !== undefined && wanted.includes(info[member])

/** A task is below what contains its entity now. */
function entityTest(read: Reader, { entity, recursion }: NonNullable<TaskFilterSpec['entity']>): TaskTest {
  const id = entity.value
  const known = new Map<string, boolean>()
  const isInside = (subject: string) => {
    let answer = known.get(subject)
    if (answer === undefined) {
      answer = isRootFolder(id) || isBelow(read, subject, id)
      known.set(subject, answer)
    }
    return answer
  }
  return (info) => {
    const subject = info.entity?.value
    if (subject === id) return recursion !== 'children'
    // What has no entity is the whole vCenter's.
    if (subject === undefined) return isRootFolder(id) && recursion !== 'children'
    return recursion !== 'self' && isInside(subject)
  }
}

const resultless = new WeakMap<TaskInfo, TaskInfo>()

/** The info without its result where a TaskInfoFilterSpec does not want it; the same object for the same info. */
export function withFilteredResult(info: TaskInfo, filter: TaskInfoFilterSpec | undefined): TaskInfo {
  const { removeAll, descriptionIds, filterIn } = filter?.filterTaskResults ?? {}
  const isListed = descriptionIds?.includes(info.descriptionId) ?? false
  const isWanted = !removeAll && (filterIn ? isListed : !isListed)
  if (info.result === undefined || !filter?.filterTaskResults || isWanted) return info
  let bare = resultless.get(info)
  if (!bare) {
    bare = patch(info, { result: undefined })
    resultless.set(info, bare)
  }
  return bare
}
