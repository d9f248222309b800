import type { Commit } from '#inventory/inventory.js'
import type { Reader } from '#inventory/reader.js'
import type {
  Event,
  EventFilterSpec,
  TaskFilterSpec,
  TaskInfo,
  TaskInfoFilterSpec,
} from '#vim25/generated/types.js'
import { hasPrivilege } from '../authorization/check.js'
import { isUnrestricted } from '../authorization/permissions.js'
import type { Session } from '../core/context.js'
import { rootFolderOf } from '../core/well-known.js'
import { checkEventFilter, eventTest, isTimeless } from '../event/filter.js'
import { visibilityTest, withoutMessage } from '../event/visible.js'
import { checkTaskFilter, taskTest, withFilteredResult } from '../task/filter.js'
import { taskInfos, taskNumber } from '../task/history.js'

/** What a collector collects by: its filter as the client gave it. */
export interface Wanted<F> {
  readonly filter: F
  /** Tasks only. */
  readonly infoFilter?: TaskInfoFilterSpec | undefined
}

/** What collectors read: the events, or the tasks, of a world. */
export interface History<T extends object, F extends object> {
  readonly collector: 'EventHistoryCollector' | 'TaskHistoryCollector'
  /** Throws InvalidArgument for a filter that means nothing. */
  check(read: Reader, filter: F): void
  /** The items with a greater number, the oldest first. */
  after(read: Reader, number: number): Iterable<T>
  /** The items up to a number, the newest first. */
  upTo(read: Reader, number: number): Iterable<T>
  /** Numbers grow with the order of creation. */
  numberOf(item: T): number
  test(read: Reader, filter: F): (item: T) => boolean
  /** Whether the session may see an item. */
  visible(read: Reader, session: Session | undefined): (item: T) => boolean
  /** True when items never change and pass the filter or not whatever else happens. */
  isTimeless(filter: F): boolean
  /** An item as the collector shows it; the same object for the same item. */
  shown(item: T, wanted: Wanted<F>): T
  /** False when a commit has neither added nor changed an item. */
  touches(commit: Commit): boolean
  /** What a waiting client is to be told of a page: as long as this is the same, nothing. */
  news(page: readonly T[]): unknown
}

export const events: History<Event, EventFilterSpec> = {
  collector: 'EventHistoryCollector',
  check: checkEventFilter,
  *after(read, number) {
    const all = read.events()
    for (let at = firstAfter(all, number, ({ key }) => key); at < all.size; at++) yield all.get(at) as Event
  },
  *upTo(read, number) {
    const all = read.events()
    for (let at = firstAfter(all, number, ({ key }) => key) - 1; at >= 0; at--) yield all.get(at) as Event
  },
  numberOf: ({ key }) => key,
  test: eventTest,
  visible: visibilityTest,
  isTimeless,
  shown: (event, { filter }) => (filter.disableFullMessage ? withoutMessage(event) : event),
  touches: ({ before, after }) => before.events !== after.events,
  news: (page) => page,
}

export const tasks: History<TaskInfo, TaskFilterSpec> = {
  collector: 'TaskHistoryCollector',
  check: checkTaskFilter,
  *after(read, number) {
    for (const info of taskInfos(read)) if (taskNumber(info) > number) yield info
  },
  *upTo(read, number) {
    const all = taskInfos(read)
    for (let at = all.length - 1; at >= 0; at--) {
      const info = all[at] as TaskInfo
      if (taskNumber(info) <= number) yield info
    }
  },
  numberOf: taskNumber,
  test: taskTest,
  visible(read, session) {
    if (isUnrestricted(read)) return () => true
    return ({ entity }) => {
      const subject = entity && read.entity(entity.value) ? entity.value : rootFolderOf(read)
      return hasPrivilege(read, session, subject, 'System.View')
    }
  },
  isTimeless: () => false,
  shown: (info, { infoFilter }) => withFilteredResult(info, infoFilter),
  touches: ({ before, after, changes }) =>
    before.taskHistory !== after.taskHistory ||
    changes.some((change) => (change.after ?? change.before)?.type === 'Task'),
  // A task that gets on is no news (soap-wire 6.3); one that gets to another state is.
  news: (page) => page.map(({ key, state, cancelled }) => `${key} ${state} ${cancelled}`).join(),
}

/** Where the items with a greater number begin. */
function firstAfter<T>(
  all: { readonly size: number; get(at: number): T | undefined },
  number: number,
  numberOf: (item: T) => number,
): number {
  let from = 0
  let to = all.size
  while (from < to) {
    const middle = (from + to) >>> 1
    if (numberOf(all.get(middle) as T) <= number) from = middle + 1
    else to = middle
  }
  return from
}
