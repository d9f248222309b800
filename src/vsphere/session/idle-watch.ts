import { recordKind } from '#inventory/entity.js'
import { type Context, sessions } from '../core/context.js'
import { activityOf } from './activity.js'
import { IDLE_TIMEOUT_MS } from './rules.js'

/**
 * One entry on the agenda watches all sessions: it falls due when the first of them could be idle. The record says
 * which entry that is; an entry that it does not name is a left-over of another state and does nothing.
 */
const idleWatch = recordKind<{ readonly number: number }>('sessionIdleWatch')
const WATCH = 'session.idle'

/** Sees to it that sessions are watched; call it for every new one. */
export function watchIdleSessions(ctx: Context): void {
  if (!ctx.tx.entity(WATCH)) watchAgain(ctx)
}

/** False for an agenda entry of a state that has been replaced since. */
export function isCurrentWatch(ctx: Context, refs: Readonly<Record<string, unknown>>): boolean {
  const watch = ctx.tx.find(idleWatch, WATCH)
  return !watch || watch.number === refs.watch
}

/** Puts the next look at the sessions on the agenda: real time, whatever the pace. */
export function watchAgain(ctx: Context): void {
  const due = Math.min(...[...ctx.tx.ids(sessions)].map((id) => idleFrom(ctx, id)))
  if (due === Number.POSITIVE_INFINITY) {
    if (ctx.tx.entity(WATCH)) ctx.tx.remove(WATCH)
    return
  }
  const number = ctx.tx.next('sessionIdleWatch')
  if (ctx.tx.entity(WATCH)) ctx.tx.set(idleWatch, WATCH, { number })
  else ctx.tx.create(idleWatch, WATCH, { number })
  ctx.tx.schedule(due, WATCH, { watch: number })
}

/**
 * When a session will have been idle for too long, as things are now. One that comes from before a restart was not
 * watched: it begins anew.
 */
export function idleFrom(ctx: Context, id: string): number {
  const { lastActive, waiting } = activityOf(ctx.services, ctx.tx.get(sessions, id), ctx.now)
  return (waiting > 0 ? ctx.now : lastActive) + IDLE_TIMEOUT_MS
}
