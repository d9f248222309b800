import { recordKind } from '#inventory/entity.js'
import { index } from '#inventory/indexes.js'
import type { Reader } from '#inventory/reader.js'
import type { Transaction } from '#inventory/transaction.js'
import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'

/**
 * Views, filters, property collectors and history collectors belong to the session that made them: nobody else sees
 * them, and they vanish with it (soap-wire 3.6, 3.8). A private record `owned:<moid>` says whose each is.
 */
export interface SessionObject {
  readonly token: string
  readonly moid: string
}

export const sessionObjects = recordKind<SessionObject>('sessionObject')

export const objectsBySession = index<SessionObject>({
  name: 'objectsBySession',
  type: sessionObjects.kind,
  inputs: ['token'],
  keys: ({ token }) => [token],
})

const recordId = (moid: string) => `owned:${moid}`

/**
 * A new id for an object of the caller's session: `session[<uuid>]<uuid>`; the first uuid is the same for all objects
 * of one session and is neither its key nor its token.
 */
export function newSessionMoid(ctx: Context): string {
  const { random } = ctx.services
  const { token } = callerOf(ctx)
  const number = ctx.tx.next('sessionObject')
  return `session[${random.uuid('52', 'bracket', token)}]${random.uuid('52', 'object', token, number)}`
}

/** Ties an object to the caller's session: it is removed with it at the latest. */
export function bindToSession(ctx: Context, ref: ManagedObjectReference): void {
  ctx.tx.create(sessionObjects, recordId(ref.value), { token: callerOf(ctx).token, moid: ref.value })
}

/** Removes an object of a session before its end (DestroyView and the like). */
export function removeSessionObject(tx: Transaction, moid: string): void {
  if (tx.entity(moid)) tx.remove(moid)
  if (tx.entity(recordId(moid))) tx.remove(recordId(moid))
}

/** Ids of the objects of a session, in order of creation. */
export function ownedBySession(read: Reader, token: string): readonly string[] {
  return read.lookup(objectsBySession, token).map((id) => read.get(sessionObjects, id).moid)
}

/** Token of the session that an object belongs to; undefined for what is everybody's. */
export function ownerOf(read: Reader, moid: string): string | undefined {
  return moid.startsWith('session[') ? read.find(sessionObjects, recordId(moid))?.token : undefined
}

function callerOf(ctx: Context) {
  if (!ctx.session) throw fault('NotAuthenticated', {})
  return ctx.session
}
