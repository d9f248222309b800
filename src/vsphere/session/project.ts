import { projection } from '../core/behaviour.js'
import { sessions } from '../core/context.js'
import { userSessionOf } from './user-session.js'

/** What depends on who asks, and on calls that cost no commit. */
export const sessionProjections = [
  projection('SessionManager', 'currentSession', (ctx) => ctx.session && userSessionOf(ctx, ctx.session)),
  projection('SessionManager', 'sessionList', (ctx) =>
    [...ctx.read.ids(sessions)].map((id) => userSessionOf(ctx, ctx.read.get(sessions, id))),
  ),
]
