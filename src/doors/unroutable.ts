import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'

/**
 * Answers a path that cannot be decoded, or a part of it that is too long, before any door sees the request: the doors of
 * the Automation API do not have it, and say so in their own words.
 */
export async function refuseUnroutable(
  error: FastifyError,
  { url }: Pick<FastifyRequest, 'url'>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (url.startsWith('/rest/')) return (await import('./legacy-rest/answers.js')).sendNoPath(reply)
  if (url.startsWith('/api/')) {
    const { RELEASES } = await import('#vapi/schema.js')
    const { NOT_FOUND, sendError } = await import('./automation/answers.js')
    return sendError(reply, NOT_FOUND, RELEASES.length - 1)
  }
  const status = error.statusCode ?? 400
  return reply.code(status).send({ status, message: `${error.message.slice(0, 300)} (${error.code})` })
}
