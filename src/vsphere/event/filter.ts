import type { Reader } from '#inventory/reader.js'
import { instant } from '#ports/clock.js'
import { fault } from '#vim25/fault.js'
import type { Event, EventFilterSpec, ManagedObjectReference } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { categoryOf } from './category.js'
import { eventType } from './description.js'
import { isBelow, placesOf, subjectsOf } from './subject.js'

export type EventTest = (event: Event) => boolean

const ROOT = 'group-d1'

/**
 * What an EventFilterSpec lets through: an event has to pass every member that is set (soap-wire 6.4). Throws
 * InvalidArgument for an unknown type or a reference to nothing; a text that no event has lets nothing through
 * (deviation 37).
 */
export function eventTest(read: Reader, filter: EventFilterSpec): EventTest {
  const tests: EventTest[] = []
  const { entity, time, userName, eventChainId, alarm, scheduledTask, category, type, tag, eventTypeId } =
    filter
  if (entity) tests.push(entityTest(read, entity))
  if (time) tests.push(timeTest(time.beginTime, time.endTime))
  if (userName) {
    const names = new Set(userName.userList ?? [])
    tests.push((event) => (event.userName === '' ? userName.systemUser : names.has(event.userName)))
  }
  if (eventChainId !== undefined) tests.push((event) => event.chainId === eventChainId)
  if (alarm) tests.push(argumentTest(read, 'alarm', alarm))
  if (scheduledTask) tests.push(argumentTest(read, 'scheduledTask', scheduledTask))
  if (category?.length) tests.push((event) => category.includes(categoryOfEvent(event)))
  if (eventTypeId?.length) {
    const ids = new Set(eventTypeId)
    tests.push((event) => idsOf(event).some((id) => ids.has(id)))
  } else if (type?.length) {
    const types = type.map(knownType)
    tests.push((event) => types.some((name) => isA(event._typeName, name)))
  }
  if (tag?.length) tests.push((event) => event.changeTag !== undefined && tag.includes(event.changeTag))
  return (event) => tests.every((test) => test(event))
}

function entityTest(read: Reader, { entity, recursion }: NonNullable<EventFilterSpec['entity']>): EventTest {
  if (!read.find('ManagedEntity', entity.value))
    throw fault('InvalidArgument', { invalidProperty: 'filter.entity.entity' })
  const id = entity.value
  const itself: EventTest = (event) => subjectsOf(event).some((subject) => subject.value === id)
  const below: EventTest = (event) =>
    id === ROOT ||
    placesOf(event).includes(id) ||
    subjectsOf(event).some(({ value }) => isBelow(read, value, id))
  if (recursion === 'self') return itself
  if (recursion === 'children') return (event) => !itself(event) && below(event)
  return (event) => itself(event) || below(event)
}

/** Both ends belong to the time. */
function timeTest(beginTime: string | undefined, endTime: string | undefined): EventTest {
  const begin = beginTime === undefined ? Number.NEGATIVE_INFINITY : instant(beginTime)
  const end = endTime === undefined ? Number.POSITIVE_INFINITY : instant(endTime)
  return ({ createdTime }) => {
    const at = instant(createdTime)
    return at >= begin && at <= end
  }
}

function argumentTest(
  read: Reader,
  member: 'alarm' | 'scheduledTask',
  wanted: ManagedObjectReference,
): EventTest {
  if (!read.entity(wanted.value)) throw fault('InvalidArgument', { invalidProperty: `filter.${member}` })
  return (event) => {
    const argument = (event as unknown as Record<string, Record<string, ManagedObjectReference> | undefined>)[
      member
    ]
    return argument?.[member]?.value === wanted.value
  }
}

function knownType(name: string): string {
  const type = eventType(name)
  if (type === undefined) throw fault('InvalidArgument', { invalidProperty: 'filter.type' })
  return type
}

/** The name of its type, alone as clients give it or as `vim.event.VmPoweredOnEvent`, and what an extension named it. */
function idsOf(event: Event): readonly string[] {
  const own = (event as { eventTypeId?: string }).eventTypeId
  const names = [event._typeName, `vim.event.${event._typeName}`]
  return own === undefined ? names : [own, ...names]
}

/** An EventEx brings its own severity; every other event has its type's. */
export function categoryOfEvent(event: Event): string {
  return (event as { severity?: string }).severity ?? categoryOf(event._typeName)
}
