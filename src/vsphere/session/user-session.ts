import { index } from '#inventory/indexes.js'
import type { Reader } from '#inventory/reader.js'
import { dateTime } from '#ports/clock.js'
import { data } from '#vim25/data.js'
import type { UserSession } from '#vim25/generated/types.js'
import { type ReadContext, type Session, sessions } from '../core/context.js'
import { lastActivity } from './activity.js'
import { messageLocaleOf } from './rules.js'

export const sessionsByKey = index<Session>({
  name: 'sessionsByKey',
  type: sessions.kind,
  inputs: ['key'],
  keys: ({ key }) => [key],
})

/** The open session with this UserSession.key. */
export function findSessionByKey(read: Reader, key: string): Session | undefined {
  const [id] = read.lookup(sessionsByKey, key)
  return id === undefined ? undefined : read.find(sessions, id)
}

/** A session as SessionManager shows it. */
export function userSessionOf(ctx: Pick<ReadContext, 'services'>, session: Session): UserSession {
  const { lastActive, callCount } = lastActivity(ctx.services, session)
  return data('UserSession', {
    key: session.key,
    userName: session.userName,
    fullName: session.fullName,
    loginTime: dateTime(session.loginTime),
    lastActiveTime: dateTime(lastActive),
    locale: session.locale,
    messageLocale: messageLocaleOf(session.locale),
    extensionSession: false,
    ipAddress: session.ipAddress,
    userAgent: session.userAgent,
    callCount,
  })
}
