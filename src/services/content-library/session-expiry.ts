import type { Work } from '#vsphere/core/behaviour.js'
import type { Context } from '#vsphere/core/context.js'
import { downloadSessionKey, downloadSessions, updateSessionKey, updateSessions } from './records.js'
import { unstore } from './storage.js'

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

/** A session that nobody kept alive is gone, with what it had received. */
export const expireSession: Work = (ctx, { session }) => {
  const key = session as string
  const update = ctx.tx.find(updateSessions, key)
  const download = ctx.tx.find(downloadSessions, key)
  const expires = (update ?? download)?.expires
  if (expires === undefined) return
  if (expires > ctx.now) return watchSession(ctx, key, expires)
  for (const { received } of update?.state === 'DONE' ? [] : (update?.files ?? []))
    if (received) unstore(ctx, received)
  ctx.tx.remove(update ? updateSessionKey(update.id) : downloadSessionKey(download?.id ?? ''))
}
