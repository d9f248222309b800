import { recordKind } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import type { Transaction } from '#inventory/transaction.js'
import { dateTime } from '#ports/clock.js'
import type { Log } from '#ports/log.js'
import type { Random } from '#ports/random.js'
import type { Blobs } from '#store/blobs.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import type { Identity } from './identity.js'
import type { Latency } from './latency.js'

/** A login; a private record, its id is `session:<token>`. */
export interface Session {
  readonly token: string
  /** UserSession.key. */
  readonly key: string
  readonly userName: string
  readonly fullName: string
  /** Milliseconds since the epoch. */
  readonly loginTime: number
  readonly locale: string
  readonly ipAddress: string
  readonly userAgent: string
}

export const sessions = recordKind<Session>('session')

export const sessionId = (token: string) => `session:${token}`

/** What does not change while a world lives, and what its behaviours may ask for. */
export interface Services {
  readonly identity: Identity
  readonly random: Random
  readonly log: Log
  /** Factor for the duration of simulated work; 0 = instant. */
  readonly pace: number
  /** Accounts that may log in; undefined: any non-empty name with a non-empty password (DESIGN 10). */
  readonly accounts: ReadonlyMap<string, string> | undefined
  /** How much slower than necessary the server is; undefined: not at all. */
  readonly latency?: Latency | undefined
  /** extraConfig `SET.<path>` sets that property of a VM (deviation 93). */
  readonly setByExtraConfig?: boolean | undefined
  /** Bytes of files; the root refers to them by digest. Closed with the world. */
  readonly blobs: Blobs
  /** State that lives beside the root, by its owner's key: open waits, last activity ... Never part of a snapshot. */
  readonly volatile: Map<string, unknown>
}

/** What a projection may look at: a state, a caller, an instant. */
export interface ReadContext {
  readonly read: Reader
  readonly services: Services
  readonly session: Session | undefined
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** What a behaviour gets: its transaction and everything that it may know beside it. */
export interface Context extends ReadContext {
  readonly tx: Transaction
  readonly identity: Identity
  /** `now` as vim25 writes it. */
  readonly time: string
  /** The caller's address and program; undefined for work that no client asked for. */
  readonly client: Client | undefined
  /** The event chain that this work belongs to (EventFilterSpec.eventChainId), 0 for none yet. */
  readonly chain: number
  /** The task that this work is the body of. */
  readonly task: ManagedObjectReference | undefined
  /** The vim25 release that the caller speaks, as an index into VERSIONS; the server's own for its own work. */
  readonly release: number
  /** Aborted when the client has gone; undefined for work that no client asked for. Few calls wait: made when asked for. */
  readonly signal: () => AbortSignal | undefined
  /** The world is being made: nothing is an event yet. */
  readonly quiet: boolean
  /** What the door does beside the answer: hand out a session, take one back. */
  readonly reply: Reply
}

export interface Client {
  readonly ip: string
  readonly userAgent: string
  /** The server as the client calls it, for addresses in answers: `https://vcenter.lab:443`, always with its port. */
  readonly origin?: string | undefined
  /** Whom the request's SAML token is about: its NameID. */
  readonly subject?: string | undefined
}

export interface Reply {
  /** A token to hand to the client; null: the session has ended. */
  token?: string | null
}

const nobody = () => undefined

export function createContext(
  services: Services,
  tx: Transaction,
  now: number,
  caller: {
    session?: Session | undefined
    client?: Client | undefined
    reply?: Reply | undefined
    chain?: number | undefined
    task?: ManagedObjectReference | undefined
    release?: number | undefined
    signal?: (() => AbortSignal | undefined) | undefined
  } = {},
  quiet = false,
): Context {
  return {
    tx,
    read: tx,
    services,
    identity: services.identity,
    now,
    time: dateTime(now),
    session: caller.session,
    client: caller.client,
    chain: caller.chain ?? 0,
    task: caller.task,
    quiet,
    release: caller.release ?? services.identity.release,
    signal: caller.signal ?? nobody,
    reply: caller.reply ?? {},
  }
}

/**
 * A new managed object id as vCenter numbers them: one counter for every prefix, so that objects made together are
 * adjacent (rest-wire 4). `separator` is empty for the few that have no dash before the number (`domain-c18`).
 */
export function newMoid(tx: Transaction, prefix: string): string {
  return /-[a-z]$/.test(prefix) ? `${prefix}${tx.next('moid')}` : `${prefix}-${tx.next('moid')}`
}

/** Puts simulated work on the agenda: `seconds` of the real thing's time, scaled by the pace, by default to 0 (deviation 15). */
export function later(
  ctx: Context,
  seconds: number,
  kind: string,
  refs: Readonly<Record<string, unknown>>,
): number {
  return ctx.tx.schedule(ctx.now + Math.round(seconds * 1000 * ctx.services.pace), kind, refs)
}
