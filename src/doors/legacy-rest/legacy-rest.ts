import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify'
import { invoke } from '#services/core/dispatch.js'
import { theServices } from '#services/services.js'
import { VapiError } from '#vapi/error.js'
import { httpInput } from '#vapi/json/http-input.js'
import { releaseIndex } from '#vapi/release.js'
import type { Match } from '#vapi/router.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { badRequest } from '../automation/answers.js'
import { callerOf, jsonBody, refusedRequest, textHeader, whileOpen } from '../automation/request.js'
import { sendLegacyError, sendNoOperation, sendNoPath, sendValue } from './answers.js'
import { setCookie, tokenOf } from './session-cookie.js'
import { type LegacyTarget, legacySurface } from './surface.js'

/**
 * `/rest`: the Automation API as it was before `/api` (rest-wire 1.4), other paths, names, bodies and statuses for the
 * same operations.
 */
export function legacyRestDoor(app: FastifyInstance, sandbox: Sandbox): void {
  const release = releaseIndex(sandbox.services.identity.apiVersion)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500) throw error
    return sendLegacyError(reply, badRequest(refusedRequest(error)), release, status)
  })

  app.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/rest/*',
    handler: async (request, reply) => {
      const [path = '', text = ''] = request.url.slice('/rest'.length).split('?', 2)
      const query = withoutNumbers(new URLSearchParams(text))
      const match = find(release, request.method, path, query)
      if (!match) return sendNoPath(reply)
      if (match === 'elsewhere') return sendNoOperation(reply, path)
      const { operation } = match.target
      const gone = whileOpen(reply)
      try {
        const value = await invoke(sandbox, theServices(), {
          operation,
          ...callerOf(request, tokenOf(request)),
          release,
          signal: gone.signal,
          input: () => inputOf(request, match, query, release),
        })
        setCookie(request, reply, operation, value)
        return sendValue(reply, operation, value, release)
      } catch (error) {
        if (error instanceof VapiError) return sendLegacyError(reply, error, release)
        throw error
      } finally {
        gone.stop()
      }
    },
  })
}

function find(release: number, method: string, path: string, query: URLSearchParams) {
  try {
    return legacySurface(release).find(method, path, query)
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

function inputOf(
  request: FastifyRequest,
  { target: { operation, rest }, variables }: Match<LegacyTarget>,
  query: URLSearchParams,
  release: number,
): Readonly<Record<string, unknown>> {
  const body = rest.body.kind === 'none' ? undefined : jsonBody(request)
  const header = (name: string) => textHeader(request, name)
  return httpInput(operation, rest, { variables, query, header, body }, release, { maps: 'entries' })
}

/** `filter.names.1=a&filter.names.2=b`, as the documentation of 6.x has it, is `filter.names=a&filter.names=b`. */
function withoutNumbers(query: URLSearchParams): URLSearchParams {
  return new URLSearchParams(
    [...query].map(([name, value]): [string, string] => [name.replace(/\.\d+$/, ''), value]),
  )
}
