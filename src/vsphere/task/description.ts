import { data } from '#vim25/data.js'
import type { TaskDescription } from '#vim25/generated/types.js'
import { managedType, typeNames } from '#vim25/schema.js'
import { descriptionIdOf } from '../core/registry.js'
import { labelOf, summaryOf } from './labels.js'

/** Ids, labels and summaries of what TaskInfo shows by its id (TaskInfo.state, TaskInfo.reason). */
const STATES = {
  queued: ['Queued', 'Task is queued'],
  running: ['Running', 'Task is in progress'],
  success: ['Success', 'Task completed successfully'],
  error: ['Error', 'Task completed with a failure'],
} as const

const REASONS = {
  TaskReasonSystem: ['System task', 'Task started by the server'],
  TaskReasonUser: ['User task', 'Task started by a specific user'],
  TaskReasonAlarm: ['Alarm task', 'Task started by an alarm'],
  TaskReasonSchedule: ['Scheduled task', 'Task started by a scheduled task'],
} as const

let description: TaskDescription | undefined

/** TaskManager.description: a label for every method that starts a task, for every state and every reason. */
export function taskDescription(): TaskDescription {
  description ??= data('TaskDescription', {
    methodInfo: taskIds().map((key) =>
      data('ElementDescription', { key, label: labelOf(key), summary: summaryOf(key) }),
    ),
    state: Object.entries(STATES).map(([key, [label, summary]]) =>
      data('ElementDescription', { key, label, summary }),
    ),
    reason: Object.entries(REASONS).map(([key, [label, summary]]) =>
      data('TypeDescription', { key, label, summary }),
    ),
  })
  return description
}

function taskIds(): readonly string[] {
  const ids = new Set<string>()
  for (const name of typeNames('managed'))
    for (const method of managedType(name)?.methods.values() ?? [])
      if (method.isTask) ids.add(descriptionIdOf(method, name))
  return [...ids].sort()
}
