import { recordKind } from '#inventory/entity.js'
import { fault } from '#vim25/fault.js'
import type { UserSession } from '#vim25/generated/types.js'
import { type Context, sessionId, sessions } from '../core/context.js'
import { openSessionOf } from './open.js'
import { FORGET_TICKET, TICKET_LIFETIME_MS } from './ticket.js'

/** A pass to a session of one's own with the rights of another; record `cloneTicket:<ticket>`. */
interface CloneTicket {
  readonly token: string
}

const cloneTickets = recordKind<CloneTicket>('cloneTicket')
const ticketId = (ticket: string) => `cloneTicket:${ticket}`

/** A ticket for whoever is to go on in the caller's name: good once, and not for long (soap-wire 3.6). */
export function newCloneTicket(ctx: Context): string {
  if (!ctx.session) throw fault('NotAuthenticated', { privilegeId: 'System.View' })
  const uuid = `52${ctx.services.random.token().slice(2)}`.replace(
    /^(.{8})(.{4})(.{4})(.{4})/,
    '$1-$2-$3-$4-',
  )
  const ticket = `cst-VCT-${uuid}`
  const id = ticketId(ticket)
  ctx.tx.create(cloneTickets, id, { token: ctx.session.token })
  ctx.tx.schedule(ctx.now + TICKET_LIFETIME_MS, FORGET_TICKET, { record: id })
  return ticket
}

/**
 * Opens a session of the user, in the language, of the one that the ticket is of; the ticket is used up. Throws InvalidLogin for a
 * ticket that is none (any more), or whose session has ended, and for a caller who is logged in.
 */
export function cloneSession(ctx: Context, ticket: string): UserSession {
  const found = ctx.tx.find(cloneTickets, ticketId(ticket))
  const original = found && ctx.tx.find(sessions, sessionId(found.token))
  if (ctx.session || !original) throw fault('InvalidLogin', {})
  ctx.tx.remove(ticketId(ticket))
  return openSessionOf(ctx, original.userName, original.locale)
}
