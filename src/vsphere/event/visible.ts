import type { Reader } from '#inventory/reader.js'
import { patch } from '#vim25/data.js'
import type { Event } from '#vim25/generated/types.js'
import { hasPrivilege } from '../authorization/check.js'
import { isUnrestricted } from '../authorization/permissions.js'
import type { Session } from '../core/context.js'
import { rootFolderOf } from '../core/well-known.js'
import type { EventTest } from './filter.js'
import { subjectsOf } from './subject.js'

/** Who may not see an entity hears nothing about it. */
export function visibilityTest(read: Reader, session: Session | undefined): EventTest {
  if (isUnrestricted(read)) return () => true
  return (event) => {
    const subjects = subjectsOf(event).filter(({ value }) => read.entity(value))
    const ids = subjects.length > 0 ? subjects.map(({ value }) => value) : [rootFolderOf(read)]
    return ids.some((id) => hasPrivilege(read, session, id, 'System.View'))
  }
}

const messageless = new WeakMap<Event, Event>()

/** EventFilterSpec.disableFullMessage; the same object for the same event. */
export function withoutMessage(event: Event): Event {
  let bare = messageless.get(event)
  if (!bare) {
    bare = patch(event, { fullFormattedMessage: undefined })
    messageless.set(event, bare)
  }
  return bare
}
