import { type Context, sessions } from '../core/context.js'
import { idleFrom, isCurrentWatch, watchAgain } from './idle-watch.js'
import { closeSession } from './open.js'

/** `work` for 'session.idle': ends every session that was idle for too long. */
export function endIdleSessions(ctx: Context, refs: Readonly<Record<string, unknown>>): void {
  if (!isCurrentWatch(ctx, refs)) return
  for (const id of [...ctx.tx.ids(sessions)])
    if (idleFrom(ctx, id) <= ctx.now) closeSession(ctx, ctx.tx.get(sessions, id).token)
  watchAgain(ctx)
}
