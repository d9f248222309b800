import { dataObject } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { Event, TaskInfo } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { eventArguments } from './description.js'
import { appendEvent, emit, formatMessage } from './emit.js'
import { checkEventFilter, eventTest } from './filter.js'
import { subjectsOf } from './subject.js'
import { visibilityTest, withoutMessage } from './visible.js'

/** How many events one QueryEvents answers with unless the filter says less (deviation 33). */
const MOST_EVENTS = 1000

export const eventOperations = operations('EventManager', {
  /** The newest that match, the oldest of them first. */
  QueryEvents(ctx, _self, { filter }) {
    const { maxCount = MOST_EVENTS, disableFullMessage } = filter
    if (maxCount <= 0) throw fault('InvalidArgument', { invalidProperty: 'filter.maxCount' })
    checkEventFilter(ctx.tx, filter)
    const test = eventTest(ctx.tx, filter)
    const visible = visibilityTest(ctx.tx, ctx.session)
    const found = ctx.tx
      .events()
      .toSeq()
      .reverse()
      .filter((event) => test(event) && visible(event))
      .take(Math.min(maxCount, MOST_EVENTS))
      .toArray()
      .reverse()
    return disableFullMessage ? found.map(withoutMessage) : found
  },

  LogUserEvent(ctx, _self, { entity, msg }) {
    emit(ctx, 'GeneralUserEvent', { entity, message: msg })
  },

  /**
   * The server gives it key, time and message; what the event is about has to exist. With a task it joins that task's
   * chain.
   */
  PostEvent(ctx, _self, { eventToPost, taskInfo }) {
    if (eventToPost._typeName === 'Event') throw fault('InvalidEvent', {})
    for (const subject of subjectsOf(eventToPost))
      if (!ctx.tx.entity(subject.value)) throw fault('InvalidEvent', {})
    const key = ctx.tx.next('event')
    const members: Record<string, unknown> = {
      ...eventToPost,
      key,
      chainId: chainOf(ctx, taskInfo) ?? key,
      createdTime: ctx.time,
      userName: eventToPost.userName || (ctx.session?.userName ?? ''),
    }
    const message = eventToPost.fullFormattedMessage ?? messageOf(eventToPost, members)
    appendEvent(
      ctx.tx,
      dataObject(eventToPost._typeName, { ...members, fullFormattedMessage: message }) as Event,
    )
  },

  RetrieveArgumentDescription(_ctx, _self, { eventTypeId }) {
    const found = eventArguments(eventTypeId)
    if (!found) throw fault('InvalidArgument', { invalidProperty: 'eventTypeId' })
    return found
  },
})

function messageOf(event: Event, members: Readonly<Record<string, unknown>>): string {
  const own = (event as { message?: string }).message
  return isA(event._typeName, 'EventEx') && own !== undefined
    ? own
    : formatMessage(event._typeName, members, undefined)
}

function chainOf(ctx: Context, task: TaskInfo | undefined): number | undefined {
  return task && (ctx.tx.find('Task', task.key)?.info.eventChainId || task.eventChainId || undefined)
}
