import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify'
import { invoke } from '#services/core/dispatch.js'
import { theServices } from '#services/services.js'
import { VapiError } from '#vapi/error.js'
import { httpInput } from '#vapi/json/http-input.js'
import { releaseIndex } from '#vapi/release.js'
import type { Match } from '#vapi/router.js'
import type { Operation, RestBinding } from '#vapi/types.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { badRequest, NOT_FOUND, sendError, sendResult } from './answers.js'
import { callerOf, jsonBody, refusedRequest, SESSION_HEADER, textHeader, whileOpen } from './request.js'
import { definitionOf, surfaceOf, type Target } from './surface.js'

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
    return sendError(reply, badRequest(refusedRequest(error)), release, status)
  })

  app.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/api/*',
    handler: async (request, reply) => {
      const [path = '', query = ''] = request.url.slice('/api'.length).split('?', 2)
      const parameters = new URLSearchParams(query)
      const match = find(release, request.method, path, parameters)
      if (!match) return sendError(reply, NOT_FOUND, release)
      const { operation, rest } = definitionOf(match.target)
      const gone = whileOpen(reply)
      try {
        const value = await invoke(sandbox, theServices(), {
          operation,
          ...callerOf(request, textHeader(request, SESSION_HEADER)),
          release,
          signal: gone.signal,
          input: () => inputOf(request, operation, rest, match.variables, parameters, release),
        })
        return sendResult(reply, { operation, rest }, value, release)
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

function inputOf(
  request: FastifyRequest,
  operation: Operation,
  rest: RestBinding,
  variables: Readonly<Record<string, string>>,
  query: URLSearchParams,
  release: number,
): Readonly<Record<string, unknown>> {
  const body = rest.body.kind === 'none' ? undefined : jsonBody(request)
  const header = (name: string) => textHeader(request, name.toLowerCase())
  return httpInput(operation, rest, { variables, query, header, body }, release, { maps: 'object' })
}
