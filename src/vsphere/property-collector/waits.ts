import type { Clock } from '#ports/clock.js'
import { fault, type VimFault } from '#vim25/fault.js'
import type { UpdateSet } from '#vim25/generated/types.js'

/** What one call of WaitForUpdatesEx and its kin asks. */
export interface WaitRequest {
  readonly version: string | undefined
  /** The most ObjectUpdates that the answer may hold. */
  readonly limit: number
  /** How long to wait for something to happen; undefined: for ever. */
  readonly seconds: number | undefined
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal | undefined
  /** Keeps the session from becoming idle; called once, gives the way to let go. */
  hold(): () => void
}

/** A call that waits. */
export interface Wait {
  readonly request: WaitRequest
  expired: boolean
  end(answer: UpdateSet | undefined, error?: VimFault): void
}

/** Calls that may wait for one collector; it serves one after the other. */
const MOST_WAITING = 64

/** The calls that wait for one collector, the one that is served first. */
export interface Waits {
  readonly queue: Wait[]
}

export const createWaits = (): Waits => ({ queue: [] })

/**
 * Puts a call in the queue and answers with the promise of its end: an answer, nothing after its time, or a fault.
 * `expire` is called when its time is over, `gone` when its client has left.
 */
export function enqueue(
  waits: Waits,
  clock: Clock,
  request: WaitRequest,
  on: { expire(wait: Wait): void; gone(wait: Wait): void },
): Promise<UpdateSet | undefined> {
  if (waits.queue.length >= MOST_WAITING)
    throw fault('SystemError', { reason: `More than ${MOST_WAITING} calls wait for this PropertyCollector.` })
  const promise = new Promise<UpdateSet | undefined>((resolve, reject) => {
    const release = request.hold()
    const abort = () => on.gone(wait)
    const cancel =
      request.seconds === undefined
        ? undefined
        : clock.after(request.seconds * 1000, () => {
            wait.expired = true
            on.expire(wait)
          })
    const wait: Wait = {
      request,
      expired: false,
      end(answer, error) {
        cancel?.()
        request.signal?.removeEventListener('abort', abort)
        release()
        const at = waits.queue.indexOf(wait)
        if (at >= 0) waits.queue.splice(at, 1)
        if (error) reject(error)
        else resolve(answer)
      },
    }
    waits.queue.push(wait)
    if (request.signal?.aborted) abort()
    request.signal?.addEventListener('abort', abort)
  })
  // Whoever holds the promise hears of a cancellation; when nobody does, nothing is to break.
  promise.catch(() => {})
  return promise
}

/** Ends all waits with RequestCanceled. */
export function cancelAll(waits: Waits): void {
  for (const wait of [...waits.queue]) wait.end(undefined, fault('RequestCanceled', {}))
}
