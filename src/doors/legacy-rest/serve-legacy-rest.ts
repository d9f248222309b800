import type { FastifyRequest } from 'fastify'
import { invoke } from '#services/core/dispatch.js'
import { theServices } from '#services/services.js'
import { VapiError } from '#vapi/error.js'
import { httpInput } from '#vapi/json/http-input.js'
import { releaseIndex } from '#vapi/release.js'
import type { Match } from '#vapi/router.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { badRequest } from '../automation/answers.js'
import { callerOf, jsonBody, refusedRequest, textHeader } from '../automation/request.js'
import { answering, type LateDoor } from '../late-door.js'
import { sendLegacyError, sendNoOperation, sendNoPath, sendValue } from './answers.js'
import { setCookie, tokenOf } from './session-cookie.js'
import { type LegacyTarget, legacySurface } from './surface.js'

/** The older form of the operations, by rewriting: paths, names, bodies and statuses. */
export function serveLegacyRest(sandbox: Sandbox): LateDoor {
  const release = releaseIndex(sandbox.services.identity.apiVersion)
  const services = theServices()
  return {
    refuse: (error, reply, status) =>
      sendLegacyError(reply, badRequest(refusedRequest(error)), release, status),
    answer(request, reply) {
      const [path = '', text = ''] = request.url.slice('/rest'.length).split('?', 2)
      const query = withoutNumbers(new URLSearchParams(text))
      const match = find(release, request.method, path, query)
      if (!match || match === 'elsewhere') {
        if (match) sendNoOperation(reply, path, release)
        else sendNoPath(reply)
        return undefined
      }
      const { operation } = match.target
      return answering(
        reply,
        (signal) =>
          invoke(sandbox, services, {
            operation,
            ...callerOf(request, tokenOf(request)),
            release,
            signal,
            input: () => inputOf(request, match, query, release),
          }),
        (value) => {
          setCookie(request, reply, operation, value)
          return sendValue(reply, operation, value, release)
        },
        (error) => {
          if (error instanceof VapiError) return sendLegacyError(reply, error, release)
          throw error
        },
      )
    },
  }
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
