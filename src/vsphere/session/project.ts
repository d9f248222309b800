import type { Commit } from '#inventory/inventory.js'
import { projection } from '../core/behaviour.js'
import { sessionId, sessions } from '../core/context.js'
import { userSessionOf } from './user-session.js'

/** Who is logged in: its changes are told. When somebody called last costs no commit, and wakes nobody. */
const followed = {
  watched: 'world',
  follow: () => ({
    key: 'sessions',
    touches: ({ changes }: Commit) =>
      changes.some(({ before, after }) => (after ?? before)?.type === sessions.kind),
  }),
} as const

/** What depends on who asks, and on calls that cost no commit. */
export const sessionProjections = [
  projection(
    'SessionManager',
    'currentSession',
    (ctx) => {
      const session = ctx.session && ctx.read.find(sessions, sessionId(ctx.session.token))
      return session && userSessionOf(ctx, session)
    },
    followed,
  ),
  projection(
    'SessionManager',
    'sessionList',
    (ctx) => [...ctx.read.ids(sessions)].map((id) => userSessionOf(ctx, ctx.read.get(sessions, id))),
    followed,
  ),
]
