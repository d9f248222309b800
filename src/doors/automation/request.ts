import type { FastifyError, FastifyRequest } from 'fastify'
import { parseJson } from '#vim25/json/parse.js'
import { clientOf } from '../client.js'
import { badRequest } from './answers.js'
import { basicCredentials } from './basic.js'

export { clientOf, originOf, SESSION_HEADER, textHeader } from '../client.js'

/** Who calls, as the dispatcher wants to know it. */
export function callerOf(request: FastifyRequest, token: string | undefined) {
  return {
    token,
    credentials: basicCredentials(request.headers.authorization),
    client: clientOf(request),
  }
}

/** The parsed body of a request whose operation has one; undefined for an empty one. Throws INVALID_ARGUMENT. */
export function jsonBody(request: FastifyRequest): unknown {
  const text = request.body
  if (typeof text !== 'string' || text.trim() === '') return undefined
  const type = request.headers['content-type'] ?? 'application/json'
  if (!/^application\/(?:[\w.+-]*\+)?json\s*(?:;|$)/i.test(type))
    throw badRequest(`The body's content type is '${type.slice(0, 100)}'; send application/json.`)
  const encoding = request.headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity')
    throw badRequest(`This server does not read bodies with the content-encoding '${encoding.slice(0, 50)}'.`)
  try {
    return parseJson(text.startsWith('\ufeff') ? text.slice(1) : text)
  } catch (error) {
    if (error instanceof RangeError) throw badRequest('The request body is nested too deeply to be read.')
    throw badRequest(`The request body is not valid JSON: ${error instanceof Error ? error.message : error}`)
  }
}

/** What to tell of a request that the server itself refuses, before any door reads it. */
export function refusedRequest({ code, message }: FastifyError): string {
  if (code !== 'FST_ERR_CTP_BODY_TOO_LARGE') return message
  return 'The request body is larger than this server takes. Send less, or start it with a larger --max-body-bytes.'
}
