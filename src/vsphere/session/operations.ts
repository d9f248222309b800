import { fault } from '#vim25/fault.js'
import { operations } from '../core/behaviour.js'
import { type Context, sessionId, sessions } from '../core/context.js'
import { emit } from '../event/emit.js'
import { closeSession, openSession, removeSession } from './open.js'
import { knownLocale } from './rules.js'
import { acquireTicket } from './ticket.js'
import { findSessionByKey } from './user-session.js'

export const sessionOperations = operations('SessionManager', {
  Login: (ctx, _self, { userName, password, locale }) => openSession(ctx, userName, password, locale),

  Logout(ctx) {
    if (ctx.session) closeSession(ctx, ctx.session.token)
  },

  /** Both have to be exact (soap-wire 3.6). */
  SessionIsActive(ctx, _self, { sessionID, userName }) {
    return findSessionByKey(ctx.tx, sessionID)?.userName === userName
  },

  TerminateSession(ctx, _self, { sessionId: keys }) {
    for (const key of new Set(keys)) terminate(ctx, key)
  },

  SetLocale(ctx, _self, { locale }) {
    const known = knownLocale(locale)
    if (known === undefined) throw fault('InvalidLocale', {})
    if (ctx.session) ctx.tx.set(sessions, sessionId(ctx.session.token), { locale: known })
  },

  AcquireGenericServiceTicket: (ctx, _self, { spec }) => acquireTicket(ctx, spec),

  UpdateServiceMessage(ctx, self, { message }) {
    ctx.tx.set('SessionManager', self.value, { message })
    emit(ctx, 'GlobalMessageChangedEvent', { message })
  },
})

function terminate(ctx: Context, key: string): void {
  if (key === ctx.session?.key) throw fault('InvalidArgument', { invalidProperty: 'sessionId' })
  const session = findSessionByKey(ctx.tx, key)
  if (!session) throw fault('NotFound', {})
  removeSession(ctx, session.token)
  emit(ctx, 'SessionTerminatedEvent', { sessionId: session.key, terminatedUsername: session.userName })
}
