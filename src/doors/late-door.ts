import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'

/** What a door does, once it is loaded. */
export interface LateDoor {
  /** Answers a request; its body is a text. What is ready at once is sent at once: then nothing is returned. */
  answer(request: FastifyRequest, reply: FastifyReply): Promise<unknown> | undefined
  /** Answers a request that the server itself refuses with a status below 500; without it the server does. */
  refuse?(error: FastifyError, reply: FastifyReply, status: number): FastifyReply
}

/**
 * A door that is loaded when its first request comes: the language of the Automation API takes a megabyte and a tenth of
 * the time of a start, and many servers are never asked for it. Bodies of any content type reach the door as text.
 */
export function lateDoor(
  app: FastifyInstance,
  { method, url }: { readonly method: HTTPMethods | HTTPMethods[]; readonly url: string },
  load: () => Promise<LateDoor>,
): void {
  let door: LateDoor | undefined
  let loading: Promise<LateDoor> | undefined
  const loaded = async () => {
    loading ??= load()
    door = await loading
    return door
  }
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.setErrorHandler(async (error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500
    const { refuse } = status < 500 ? (door ?? (await loaded())) : {}
    if (!refuse) throw error
    return refuse(error, reply, status)
  })
  app.route({
    method,
    url,
    handler: (request, reply) =>
      door ? door.answer(request, reply) : loaded().then((ready) => ready.answer(request, reply) ?? reply),
  })
}

/**
 * Sends what `work` gives: at once if it is there at once, else as a promise for Fastify to wait for. A client that hangs
 * up meanwhile aborts the signal.
 */
export function answering(
  reply: FastifyReply,
  work: (signal: AbortSignal) => unknown,
  succeed: (value: unknown) => FastifyReply,
  fail: (error: unknown) => FastifyReply,
): Promise<FastifyReply> | undefined {
  const gone = new AbortController()
  try {
    const value = work(gone.signal)
    if (value instanceof Promise) return whenDone(reply, value, gone, succeed, fail)
    succeed(value)
  } catch (error) {
    fail(error)
  }
  return undefined
}

async function whenDone(
  reply: FastifyReply,
  work: Promise<unknown>,
  gone: AbortController,
  succeed: (value: unknown) => FastifyReply,
  fail: (error: unknown) => FastifyReply,
): Promise<FastifyReply> {
  const hangUp = () => gone.abort()
  if (reply.raw.destroyed) hangUp()
  reply.raw.once('close', hangUp)
  try {
    return succeed(await work)
  } catch (error) {
    return fail(error)
  } finally {
    reply.raw.off('close', hangUp)
  }
}
