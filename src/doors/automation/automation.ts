import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { invoke } from '#services/core/dispatch.js'
import { theServices } from '#services/services.js'
import { VapiError } from '#vapi/error.js'
import { httpInput } from '#vapi/json/http-input.js'
import { releaseIndex } from '#vapi/release.js'
import type { Match } from '#vapi/router.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { badRequest, NOT_FOUND, sendError, sendResult } from './answers.js'
import { basicCredentials } from './basic.js'
import { jsonBody } from './request-body.js'
import { surfaceOf, type Target } from './surface.js'

const SESSION_HEADER = 'vmware-api-session-id'

/**
 * `/api`: the Automation API as REST (rest-wire 1). One route serves every operation; what exists is a question to the
 * definitions. A path is resolved before its session is looked at (1.3).
 */
export function automationDoor(app: FastifyInstance, sandbox: Sandbox): void {
  const release = releaseIndex(sandbox.services.identity.apiVersion)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500) throw error
    return sendError(reply, badRequest(tooLarge(error) ?? error.message), release, status)
  })

  app.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/api/*',
    handler: async (request, reply) => {
      const [path = '', query = ''] = request.url.slice('/api'.length).split('?', 2)
      const parameters = new URLSearchParams(query)
      const match = find(release, request.method, path, parameters)
      if (!match) return sendError(reply, NOT_FOUND, release)
      const gone = watch(reply)
      try {
        const value = await answer(sandbox, request, match, parameters, release, gone.signal)
        return sendResult(reply, match.target, value, release)
      } catch (error) {
        if (error instanceof VapiError) return sendError(reply, error, release)
        throw error
      } finally {
        gone.stop()
      }
    },
  })
}

function find(
  release: number,
  method: string,
  path: string,
  query: URLSearchParams,
): Match<Target> | undefined {
  try {
    const match = surfaceOf(release).find(method, path, query)
    return match === 'elsewhere' ? undefined : match
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

function answer(
  sandbox: Sandbox,
  request: FastifyRequest,
  { target: { operation, rest }, variables }: Match<Target>,
  query: URLSearchParams,
  release: number,
  signal: AbortSignal,
): unknown {
  const header = (name: string) => {
    const value = request.headers[name.toLowerCase()]
    return typeof value === 'string' ? value : undefined
  }
  return invoke(sandbox, theServices(), {
    operation,
    token: header(SESSION_HEADER),
    credentials: basicCredentials(header('authorization')),
    client: { ip: request.ip, userAgent: header('user-agent') ?? '' },
    release,
    signal,
    input: () => {
      const body = rest.body.kind === 'none' ? undefined : jsonBody(request)
      return httpInput(operation, rest, { variables, query, header, body }, release, { maps: 'object' })
    },
  })
}

/** Tells when the client hangs up before it has its answer. */
function watch(reply: FastifyReply) {
  const gone = new AbortController()
  const hangUp = () => gone.abort()
  if (reply.raw.destroyed) hangUp()
  reply.raw.once('close', hangUp)
  return { signal: gone.signal, stop: () => reply.raw.off('close', hangUp) }
}

function tooLarge({ code }: FastifyError): string | undefined {
  if (code !== 'FST_ERR_CTP_BODY_TOO_LARGE') return undefined
  return 'The request body is larger than this server takes. Send less, or start it with a larger --max-body-bytes.'
}
