import type { FastifyRequest } from 'fastify'
import { invoke } from '#services/core/dispatch.js'
import { theServices } from '#services/services.js'
import { VapiError } from '#vapi/error.js'
import { httpInput } from '#vapi/json/http-input.js'
import { releaseIndex } from '#vapi/release.js'
import type { Match } from '#vapi/router.js'
import type { Operation, RestBinding } from '#vapi/types.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { answering, type LateDoor } from '../late-door.js'
import { badRequest, NOT_FOUND, sendError, sendResult } from './answers.js'
import { callerOf, jsonBody, refusedRequest, SESSION_HEADER, textHeader } from './request.js'
import { definitionOf, surfaceOf, type Target } from './surface.js'

/** Most requests have no query. */
const NO_QUERY = new URLSearchParams()

/** What exists is a question to the definitions. A path is resolved before its session is looked at (rest-wire 1.3). */
export function serveApi(sandbox: Sandbox): LateDoor {
  const release = releaseIndex(sandbox.services.identity.apiVersion)
  const services = theServices()
  return {
    refuse: (error, reply, status) => sendError(reply, badRequest(refusedRequest(error)), release, status),
    answer(request, reply) {
      const [path = '', text = ''] = request.url.slice('/api'.length).split('?', 2)
      const query = text === '' ? NO_QUERY : new URLSearchParams(text)
      const match = find(release, request.method, path, query)
      if (!match) {
        sendError(reply, NOT_FOUND, release)
        return undefined
      }
      const { operation, rest } = definitionOf(match.target)
      return answering(
        reply,
        (signal) =>
          invoke(sandbox, services, {
            operation,
            ...callerOf(request, textHeader(request, SESSION_HEADER)),
            release,
            signal,
            input: () => inputOf(request, operation, rest, match.variables, query, release),
          }),
        (value) => sendResult(reply, { operation, rest }, value, release),
        (error) => {
          if (error instanceof VapiError) return sendError(reply, error, release)
          throw error
        },
      )
    },
  }
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
