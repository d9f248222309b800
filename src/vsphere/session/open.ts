import { dateTime } from '#ports/clock.js'
import { fault } from '#vim25/fault.js'
import type { UserSession } from '#vim25/generated/types.js'
import { mayLogIn } from '../authorization/check.js'
import { type Context, later, type Services, type Session, sessionId, sessions } from '../core/context.js'
import { emit } from '../event/emit.js'
import { activityOf, forgetActivity } from './activity.js'
import { watchIdleSessions } from './idle-watch.js'
import { ownedBySession, removeSessionObject } from './objects.js'
import { fullNameOf, knownLocale, normalisedUserName, sameUser } from './rules.js'
import { userSessionOf } from './user-session.js'

/**
 * Logs in and hands the new token to the door (`ctx.reply.token`). Throws InvalidLogin (also for a caller who is logged
 * in), InvalidLocale, or NoPermission for a user without any role.
 */
export function openSession(
  ctx: Context,
  userName: string,
  password: string,
  locale: string | undefined,
): UserSession {
  if (!isAccount(ctx.services, userName, password)) throw fault('InvalidLogin', {})
  return openSessionOf(ctx, userName, locale)
}

/** The same for a user who has proved in another way who he is. */
export function openSessionOf(ctx: Context, userName: string, locale: string | undefined): UserSession {
  if (ctx.session) throw fault('InvalidLogin', {})
  const known = requireLocale(locale)
  const name = normalisedUserName(userName)
  if (!mayLogIn(ctx.tx, name)) throw fault('NoPermission', { privilegeId: 'System.View' })

  const token = ctx.services.random.token()
  const session: Session = Object.freeze({
    token,
    key: ctx.services.random.uuid('52', 'session', token),
    userName: name,
    fullName: fullNameOf(name),
    loginTime: ctx.now,
    locale: known,
    ipAddress: ctx.client?.ip ?? '',
    userAgent: ctx.client?.userAgent ?? '',
  })
  ctx.tx.create(sessions, sessionId(token), session)
  watchIdleSessions(ctx)
  emit({ ...ctx, session }, 'UserLoginSessionEvent', {
    ipAddress: session.ipAddress,
    userAgent: session.userAgent,
    locale: session.locale,
    sessionId: session.key,
  })
  ctx.reply.token = token
  // From now on its use is noted.
  activityOf(ctx.services, session)
  return userSessionOf(ctx, session)
}

/** Logs a session out, with everything that belongs to it; one that is not there (any more) is no error. */
export function closeSession(ctx: Context, token: string): void {
  const session = ctx.tx.find(sessions, sessionId(token))
  if (!session) return
  emit({ ...ctx, session }, 'UserLogoutSessionEvent', {
    ipAddress: session.ipAddress,
    userAgent: session.userAgent,
    callCount: activityOf(ctx.services, session).callCount,
    sessionId: session.key,
    loginTime: dateTime(session.loginTime),
  })
  removeSession(ctx, token)
  if (ctx.session?.token === token) ctx.reply.token = null
}

/** Removes a session and its objects, the newest first, without a word about it. */
export function removeSession(ctx: Context, token: string): void {
  // What its leases were to bring is let go by their family.
  if (ownedBySession(ctx.tx, token).some((id) => ctx.tx.entity(id)?.type === 'HttpNfcLease'))
    later(ctx, 0, 'session.ended', { token })
  for (const moid of [...ownedBySession(ctx.tx, token)].reverse()) removeSessionObject(ctx.tx, moid)
  ctx.tx.remove(sessionId(token))
  forgetActivity(ctx.services, token)
}

/** The locale as a session keeps it. Throws InvalidLocale. */
export function requireLocale(locale: string | undefined): string {
  const known = knownLocale(locale)
  if (known === undefined) throw fault('InvalidLocale', {})
  return known
}

/** Without configured accounts whoever gives a name and a password is one (deviation 14). */
function isAccount({ accounts }: Services, userName: string, password: string): boolean {
  if (userName.trim() === '' || password === '') return false
  return !accounts || passwordOf(accounts, userName) === password
}

function passwordOf(accounts: ReadonlyMap<string, string>, userName: string): string | undefined {
  for (const [name, secret] of accounts) if (sameUser(name, userName)) return secret
  return undefined
}

/** Whether there is such an account, whatever its password; without configured ones every name is one. */
export const isKnownAccount = ({ accounts }: Services, userName: string): boolean =>
  userName.trim() !== '' && (!accounts || passwordOf(accounts, userName) !== undefined)
