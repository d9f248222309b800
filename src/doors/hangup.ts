import type { FastifyReply } from 'fastify'

/** Tells a call that its client has hung up; few calls wait for anything and ask for the signal. */
export interface Hangup {
  readonly signal: () => AbortSignal
  readonly abort: () => void
}

export function hangup(): Hangup {
  let controller: AbortController | undefined
  return {
    signal() {
      controller ??= new AbortController()
      return controller.signal
    },
    abort: () => controller?.abort(),
  }
}

/** Waits for a call's answer, and lets go of the wait when the client hangs up. */
export async function whileOpen(
  reply: FastifyReply,
  { abort }: Hangup,
  answer: Promise<unknown>,
): Promise<unknown> {
  if (reply.raw.destroyed) abort()
  reply.raw.once('close', abort)
  try {
    return await answer
  } finally {
    reply.raw.off('close', abort)
  }
}
