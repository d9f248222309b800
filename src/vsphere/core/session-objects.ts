import { fault } from '#vim25/fault.js'
import type { Context, Services, Session } from './context.js'

/**
 * Views, filters, collectors and leases belong to a session, have ids `session[<uuid>]<uuid>` and are invisible to
 * every other session (soap-wire 3.8). The first UUID is the same for all objects of a session and is neither its key
 * nor its token.
 */
const OPENING = 'session['

/** What the ids of all of a session's objects begin with. */
export function sessionPrefix(services: Services, session: Session): string {
  let known = prefixes.get(session)
  if (!known) {
    known = `${OPENING}${services.random.uuid('52', 'session objects', session.key)}]`
    prefixes.set(session, known)
  }
  return known
}

const prefixes = new WeakMap<Session, string>()

/** The id of a new object of the caller's session. */
export function newSessionObjectId(ctx: Context): string {
  if (!ctx.session)
    throw fault('NotAuthenticated', { object: ctx.tx.ref('ServiceInstance'), privilegeId: 'System.View' })
  const prefix = sessionPrefix(ctx.services, ctx.session)
  return `${prefix}${ctx.services.random.uuid('52', prefix, ctx.tx.next('session object'))}`
}

/** True for an object of a session that is not the caller's. */
export function isForeign(services: Services, session: Session | undefined, id: string): boolean {
  return id.startsWith(OPENING) && !(session && id.startsWith(sessionPrefix(services, session)))
}
