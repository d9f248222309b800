import { recordKind } from '#inventory/entity.js'
import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  SessionManagerGenericServiceTicket,
  SessionManagerHttpServiceRequestSpec,
  SessionManagerServiceRequestSpec,
} from '#vim25/generated/types.js'
import { enumType } from '#vim25/schema.js'
import { type Context, type Session, sessionId, sessions } from '../core/context.js'

/** A pass for one HTTP request in a session's name; record `serviceTicket:<id>`. */
interface ServiceTicket {
  readonly token: string
  /** GET, PUT ...; undefined: any. */
  readonly method: string | undefined
  readonly url: string
}

const tickets = recordKind<ServiceTicket>('serviceTicket')
const ticketId = (id: string) => `serviceTicket:${id}`

/** So long it waits to be used; the real time is not on record. */
export const TICKET_LIFETIME_MS = 2 * 60_000

export const FORGET_TICKET = 'session.ticket'

/**
 * A ticket for the request that the spec describes. Throws NotAuthenticated, InvalidArgument for an unknown method or an
 * address that is none, NotSupported for requests that are not HTTP.
 */
export function acquireTicket(
  ctx: Context,
  spec: SessionManagerServiceRequestSpec,
): SessionManagerGenericServiceTicket {
  if (!ctx.session) throw fault('NotAuthenticated', { privilegeId: 'System.View' })
  if (spec._typeName !== 'SessionManagerHttpServiceRequestSpec') throw fault('NotSupported', {})
  const { method, url } = spec as SessionManagerHttpServiceRequestSpec
  if (
    method !== undefined &&
    !enumType('SessionManagerHttpServiceRequestSpecMethod')?.values.includes(method)
  )
    throw fault('InvalidArgument', { invalidProperty: 'spec.method' })
  const name = hostIn(url)
  if (name === undefined || url.length > LONGEST_URL)
    throw fault('InvalidArgument', { invalidProperty: 'spec.url' })
  const id = `52${ctx.services.random.token().slice(2)}`.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  ctx.tx.create(tickets, ticketId(id), {
    token: ctx.session.token,
    method: method?.replace(/^http/, '').toUpperCase(),
    url,
  })
  ctx.tx.schedule(ctx.now + TICKET_LIFETIME_MS, FORGET_TICKET, { record: ticketId(id) })
  const host = hostNamed(ctx, name)
  return data('SessionManagerGenericServiceTicket', {
    id,
    hostName: host?.name ?? name,
    sslThumbprint: host?.summary.config.sslThumbprint,
    ticketType: 'HttpNfcServiceTicket',
  })
}

const LONGEST_URL = 8192

const hostIn = (url: string) => /^https?:\/\/(\[[\da-f:]+\]|[^/:?#\s]+)(?::\d+)?(?:\/|$)/i.exec(url)?.[1]

/** The managed host that an address is of: by name, or by one of its addresses. */
function hostNamed({ tx }: Context, name: string) {
  for (const id of tx.ids('HostSystem')) {
    const host = tx.get('HostSystem', id)
    const addresses = host.config?.network?.vnic?.map(({ spec }) => spec.ip?.ipAddress) ?? []
    if (host.name === name || addresses.includes(name)) return host
  }
  return undefined
}

/**
 * The session that a ticket speaks for, if it is for such a request; the ticket is used up. `fits` compares the address that it
 * was made for with the one that is asked.
 */
export function redeemTicket(
  ctx: Context,
  id: string,
  method: string,
  fits: (url: string) => boolean,
): Session | undefined {
  const ticket = ctx.tx.find(tickets, ticketId(id))
  if (!ticket || (ticket.method !== undefined && ticket.method !== method) || !fits(ticket.url))
    return undefined
  ctx.tx.remove(ticketId(id))
  return ctx.tx.find(sessions, sessionId(ticket.token))
}

/** Work: nobody used it in time. */
export function forgetTicket(ctx: Context, { record }: Readonly<Record<string, unknown>>): void {
  const id = String(record)
  if (ctx.tx.entity(id)) ctx.tx.remove(id)
}
