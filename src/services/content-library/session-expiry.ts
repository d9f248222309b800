import type { Work } from '#vsphere/core/behaviour.js'
import type { Context } from '#vsphere/core/context.js'
import { downloadSessions, updateSessions } from './records.js'
import { unstore } from './storage.js'
import { isReceiving } from './transfers.js'

/**
 * How long a session lives after its last sign of life: keep-alive, a new file, bytes that came (deviation 73: the real
 * time is not on record).
 */
export const SESSION_MS = 60 * 60 * 1000

export const SESSION_EXPIRES = 'contentLibrary.sessionExpires'

/** Puts the session's end on the agenda: real time, whatever the pace. A sign of life moves `expires` alone. */
export function watchSession(ctx: Context, key: string, expires: number): void {
  ctx.tx.schedule(expires, SESSION_EXPIRES, { session: key })
}

/** A session that nobody kept alive is gone, with what it had received; bytes that are coming keep it alive. */
export const expireSession: Work = (ctx, { session }) => {
  const key = session as string
  const update = ctx.tx.find(updateSessions, key)
  const download = ctx.tx.find(downloadSessions, key)
  const expires = (update ?? download)?.expires
  if (expires === undefined) return
  if (expires > ctx.now) return watchSession(ctx, key, expires)
  if (update && isReceiving(ctx.services, update.transfer)) {
    ctx.tx.set(updateSessions, key, { expires: ctx.now + SESSION_MS })
    return watchSession(ctx, key, ctx.now + SESSION_MS)
  }
  const unfinished = update?.state === 'DONE' ? [] : (update?.files ?? [])
  for (const { received } of unfinished) if (received) unstore(ctx, received)
  ctx.tx.remove(key)
}
