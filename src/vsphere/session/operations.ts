import { fault } from '#vim25/fault.js'
import { operations } from '../core/behaviour.js'
import { type Context, sessionId, sessions } from '../core/context.js'
import { emit } from '../event/emit.js'
import { cloneSession, newCloneTicket } from './clone-ticket.js'
import { impersonate } from './impersonate.js'
import { closeSession, openSession, removeSession, requireLocale } from './open.js'
import { openSessionByToken } from './saml.js'
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
    const known = requireLocale(locale)
    if (ctx.session) ctx.tx.set(sessions, sessionId(ctx.session.token), { locale: known })
  },

  LoginByToken: (ctx, _self, { locale }) => openSessionByToken(ctx, locale),

  AcquireCloneTicket: (ctx) => newCloneTicket(ctx),

  CloneSession: (ctx, _self, { cloneTicket }) => cloneSession(ctx, cloneTicket),

  ImpersonateUser: (ctx, _self, { userName, locale }) => impersonate(ctx, userName, locale),

  /** No connection to this server shows a certificate of its client's (deviation 91). */
  LoginExtensionByCertificate(ctx, _self, { extensionKey, locale }) {
    if (ctx.session || !isExtension(ctx, extensionKey)) throw fault('InvalidLogin', {})
    requireLocale(locale)
    throw fault('NoClientCertificate', {})
  },

  LoginExtensionBySubjectName(ctx, _self, { extensionKey, locale }) {
    if (ctx.session) throw fault('InvalidLogin', {})
    if (!isExtension(ctx, extensionKey)) throw fault('NotFound', {})
    requireLocale(locale)
    throw fault('NoClientCertificate', {})
  },

  /** Only a host gives tickets to programs that run on it. */
  AcquireLocalTicket() {
    throw fault('NotSupported', {})
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

function isExtension({ tx }: Context, extensionKey: string): boolean {
  const known = tx.find('ExtensionManager', 'ExtensionManager')?.extensionList ?? []
  return known.some(({ key }) => key === extensionKey)
}
