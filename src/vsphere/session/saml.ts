import { fault } from '#vim25/fault.js'
import type { UserSession } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { isKnownAccount, openSessionOf } from './open.js'

/**
 * Opens a session of the user whom the request's SAML token is about; who signed it, and until when it is good, is not
 * looked at (deviation 92). Throws InvalidLogin without a token, and for one about nobody who has an account.
 */
export function openSessionByToken(ctx: Context, locale: string | undefined): UserSession {
  const subject = ctx.client?.subject
  if (subject === undefined || !isKnownAccount(ctx.services, subject)) throw fault('InvalidLogin', {})
  return openSessionOf(ctx, subject, locale)
}
