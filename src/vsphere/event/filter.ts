import type { Reader } from '#inventory/reader.js'
import { instant } from '#ports/clock.js'
import { fault } from '#vim25/fault.js'
import type {
  Event,
  EventFilterSpec,
  EventFilterSpecByUsername,
  ManagedObjectReference,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { isRootFolder } from '../core/well-known.js'
import { categoryOf } from './category.js'
import { eventType } from './description.js'
import { isBelow, placesOf, subjectsOf } from './subject.js'

export type EventTest = (event: Event) => boolean

/** Throws InvalidArgument for a reference to nothing and for an unknown type of event (soap-wire 6.4). */
export function checkEventFilter(
  read: Reader,
  { entity, alarm, scheduledTask, type }: EventFilterSpec,
): void {
  if (entity && !read.find('ManagedEntity', entity.entity.value)) throw invalid('filter.entity.entity')
  if (alarm && !read.find('Alarm', alarm.value)) throw invalid('filter.alarm')
  if (scheduledTask && !read.find('ScheduledTask', scheduledTask.value)) throw invalid('filter.scheduledTask')
  if (type?.some((name) => eventType(name) === undefined)) throw invalid('filter.type')
}

const invalid = (invalidProperty: string) => fault('InvalidArgument', { invalidProperty })

/**
 * What an EventFilterSpec lets through: an event has to pass every member that is set (soap-wire 6.4). A text that no
 * event has lets nothing through (deviation 37), nor does an entity that is no more.
 */
export function eventTest(read: Reader, filter: EventFilterSpec): EventTest {
  const tests: EventTest[] = []
  const { entity, time, userName, eventChainId, alarm, scheduledTask, category, type, tag, eventTypeId } =
    filter
  if (eventChainId !== undefined) tests.push((event) => event.chainId === eventChainId)
  if (category?.length) tests.push((event) => category.includes(categoryOfEvent(event)))
  if (eventTypeId?.length) {
    const ids = new Set(eventTypeId)
    tests.push((event) => idsOf(event).some((id) => ids.has(id)))
  } else if (type?.length) {
    const types = type.map(eventType)
    tests.push((event) => types.some((name) => name !== undefined && isA(event._typeName, name)))
  }
  if (tag?.length) tests.push((event) => tag.includes(event.changeTag ?? ''))
  if (userName) {
    const passes = userTest(userName)
    tests.push((event) => passes(event.userName))
  }
  if (time) tests.push(timeTest(time.beginTime, time.endTime))
  if (alarm) tests.push(argumentTest('alarm', alarm))
  if (scheduledTask) tests.push(argumentTest('scheduledTask', scheduledTask))
  if (entity) tests.push(entityTest(read, entity))
  return (event) => tests.every((test) => test(event))
}

/** True when an event passes or not whatever else happens: nothing is asked about the inventory. */
export function isTimeless({ entity }: EventFilterSpec): boolean {
  return !entity || entity.recursion === 'self' || isRootFolder(entity.entity.value)
}

/** The system's own doings have no user (''). Without a list: the system alone, or all users but it (deviation 81). */
export function userTest({ systemUser, userList }: EventFilterSpecByUsername): (user: string) => boolean {
  const users = userList?.length ? new Set(userList) : undefined
  return (user) => (user === '' ? systemUser : users ? users.has(user) : !systemUser)
}

function entityTest(read: Reader, { entity, recursion }: NonNullable<EventFilterSpec['entity']>): EventTest {
  const id = entity.value
  const itself: EventTest = (event) => subjectsOf(event).some((subject) => subject.value === id)
  const known = new Map<string, boolean>()
  const isInside = (subject: string) => {
    let answer = known.get(subject)
    if (answer === undefined) {
      answer = isBelow(read, subject, id)
      known.set(subject, answer)
    }
    return answer
  }
  const below: EventTest = (event) =>
    isRootFolder(id) || placesOf(event).includes(id) || subjectsOf(event).some(({ value }) => isInside(value))
  if (recursion === 'self') return itself
  if (recursion === 'children') return (event) => !itself(event) && below(event)
  return (event) => itself(event) || below(event)
}

function timeTest(beginTime: string | undefined, endTime: string | undefined): EventTest {
  const within = timeSpan(beginTime, endTime)
  return ({ createdTime }) => within(createdTime)
}

/** Both ends belong to the time. */
export function timeSpan(
  beginTime: string | undefined,
  endTime: string | undefined,
): (time: string) => boolean {
  const begin = beginTime === undefined ? Number.NEGATIVE_INFINITY : instant(beginTime)
  const end = endTime === undefined ? Number.POSITIVE_INFINITY : instant(endTime)
  return (time) => {
    const at = instant(time)
    return at >= begin && at <= end
  }
}

function argumentTest(member: 'alarm' | 'scheduledTask', wanted: ManagedObjectReference): EventTest {
  return (event) => {
    const argument = (event as unknown as Record<string, Record<string, ManagedObjectReference> | undefined>)[
      member
    ]
    return argument?.[member]?.value === wanted.value
  }
}

/** The name of its type, alone as clients give it or as `vim.event.VmPoweredOnEvent`, and what an extension named it. */
function idsOf(event: Event): readonly string[] {
  const { eventTypeId, eventId } = event as { eventTypeId?: string; eventId?: string }
  const own = eventTypeId ?? eventId
  const names = [event._typeName, `vim.event.${event._typeName}`]
  return own === undefined ? names : [own, ...names]
}

/** An EventEx brings its own severity; every other event has its type's. */
export function categoryOfEvent(event: Event): string {
  return (event as { severity?: string }).severity ?? categoryOf(event._typeName)
}
