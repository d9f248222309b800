import { fault } from '#vim25/fault.js'
import type { UserSession } from '#vim25/generated/types.js'
import { type Context, sessionId, sessions } from '../core/context.js'
import { requireLocale } from './open.js'
import { fullNameOf, normalisedUserName, sameUser } from './rules.js'
import { userSessionOf } from './user-session.js'

/**
 * The caller's session becomes one of another user, with his rights and no more. Throws InvalidLogin unless that user has a
 * session open (API reference, ImpersonateUser), InvalidLocale.
 */
export function impersonate(ctx: Context, userName: string, locale: string | undefined): UserSession {
  const { tx, session } = ctx
  if (!session || userName.trim() === '' || !hasSession(ctx, userName)) throw fault('InvalidLogin', {})
  const name = normalisedUserName(userName)
  const id = sessionId(session.token)
  tx.set(sessions, id, {
    userName: name,
    fullName: fullNameOf(name),
    locale: locale === undefined ? session.locale : requireLocale(locale),
  })
  return userSessionOf(ctx, tx.get(sessions, id))
}

const hasSession = ({ tx }: Context, userName: string) =>
  [...tx.ids(sessions)].some((id) => sameUser(tx.get(sessions, id).userName, userName))
