import { recordKind } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import { TASKS_KEPT } from '#inventory/root.js'
import type { Context } from '#vsphere/core/context.js'
import { RECENT_TASKS } from '#vsphere/task/task.js'

/** The operation of the Automation API that started a vim25 task; the record is `taskOrigin:<task>`. */
export interface TaskOrigin {
  readonly service: string
  readonly operation: string
}

const origins = recordKind<TaskOrigin>('taskOrigin')
const idOf = (task: string) => `taskOrigin:${task}`

/** As many as the world remembers tasks: the oldest is forgotten then. */
const MOST = TASKS_KEPT + RECENT_TASKS

/** Notes what started a task. */
export function rememberOrigin({ tx }: Context, task: string, origin: TaskOrigin): void {
  tx.create(origins, idOf(task), origin)
  if (tx.count(origins) <= MOST) return
  for (const oldest of tx.ids(origins)) {
    tx.remove(oldest)
    return
  }
}

export const originOf = (read: Reader, task: string): TaskOrigin | undefined => read.find(origins, idOf(task))
