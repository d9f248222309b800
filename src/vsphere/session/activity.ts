import type { Clock } from '#ports/clock.js'
import { type Services, type Session, sessionId, sessions } from '../core/context.js'
import type { Sandbox } from '../core/sandbox.js'

/**
 * When each session was last used, and how often. Kept beside the root: a read must not cost a commit. The idle timeout
 * on the agenda asks here before it ends a session.
 */
export interface Activity {
  lastActive: number
  callCount: number
  /** Calls that are waiting for something to happen: while there are any, the session is not idle (soap-wire 3.7). */
  waiting: number
}

const KEY = 'session.activity'

function table(services: Services): Map<string, Activity> {
  let found = services.volatile.get(KEY) as Map<string, Activity> | undefined
  if (!found) {
    found = new Map()
    services.volatile.set(KEY, found)
  }
  return found
}

/** The session that a client's token names, used by this very call; undefined when there is none (any more). */
export function useSession(sandbox: Sandbox, token: string | undefined): Session | undefined {
  if (token === undefined) return undefined
  const session = sandbox.inventory.read.find(sessions, sessionId(token))
  if (session) touchSession(sandbox, session)
  return session
}

export function touchSession(sandbox: { services: Services; clock: Clock }, session: Session): void {
  const activity = activityOf(sandbox.services, session)
  activity.lastActive = sandbox.clock.now()
  activity.callCount++
}

/** Keeps a session from becoming idle while a call of it waits; returns the way to let go, which counts as its use. */
export function holdSession(sandbox: { services: Services; clock: Clock }, session: Session): () => void {
  const activity = activityOf(sandbox.services, session)
  activity.waiting++
  let held = true
  return () => {
    if (!held) return
    held = false
    activity.waiting--
    activity.lastActive = sandbox.clock.now()
  }
}

/** `since` is when a session counts as last used that this process has not seen a call of: at its login, by default. */
export function activityOf(
  services: Services,
  session: Session,
  since: number = session.loginTime,
): Activity {
  const all = table(services)
  let activity = all.get(session.token)
  if (!activity) {
    activity = { lastActive: since, callCount: 0, waiting: 0 }
    all.set(session.token, activity)
  }
  return activity
}

/** The same to look at: also of a session that an older state has, and that is kept no more. */
export function lastActivity(
  services: Services,
  session: Session,
): Pick<Readonly<Activity>, 'lastActive' | 'callCount'> {
  return table(services).get(session.token) ?? { lastActive: session.loginTime, callCount: 0 }
}

export function forgetActivity(services: Services, token: string): void {
  table(services).delete(token)
}
