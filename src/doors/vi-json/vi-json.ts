import { setImmediate as othersFirst } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { VimFault } from '#vim25/fault.js'
import type { Body } from '#vim25/json/body.js'
import { decodeArguments } from '#vim25/json/decode.js'
import { encodeProperty, encodeResult } from '#vim25/json/encode.js'
import { parseJson } from '#vim25/json/parse.js'
import { type ManagedType, managedType, versionIndex } from '#vim25/schema.js'
import { broken } from '#vsphere/core/broken.js'
import { answerCall, type Call, type MethodCall, Pending, readProperty } from '#vsphere/core/dispatch.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { clientOf, textHeader } from '../client.js'
import { hangup, whileOpen } from '../hangup.js'
import { sessionCookie } from '../soap/cookie.js'
import { encodedBody, faultBody, malformedBody, notFoundBody } from './answers.js'

/** The request and response header that carries the session (rest-wire 3.2). */
export const SESSION_HEADER = 'vmware-api-session-id'

interface Route {
  Params: { release: string; type: string; id: string; member: string }
}

/**
 * VI JSON: `/sdk/vim25/{release}/{Type}/{moId}/{member}`, GET for a property, POST for a method (rest-wire 3). One
 * route serves every method of every release; what exists is a question to the schema.
 */
export function viJsonDoor(app: FastifyInstance, sandbox: Sandbox): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))

  app.get<Route>('/sdk/vim25/:release/:type/:id/:member', (request, reply) => {
    const address = resolve(sandbox, request)
    const property = address?.type.byName.get(request.params.member)
    if (!address || !property || property.since > address.release) return notFound(reply, request)
    try {
      const found = readProperty(sandbox, { ...callOf(request, address), property: property.name })
      return answer(reply, encodeProperty(found.value, found.property, address.release))
    } catch (error) {
      return refuse(sandbox, reply, error, address.release)
    }
  })

  app.post<Route>('/sdk/vim25/:release/:type/:id/:member', (request, reply) => {
    const address = resolve(sandbox, request)
    const method = address?.type.methods.get(request.params.member)
    if (!address || !method || method.since > address.release) return notFound(reply, request)
    const gone = hangup()
    const call: MethodCall = {
      ...callOf(request, address),
      method: method.name,
      arguments: (parameters) => decodeArguments(parameters, bodyOf(request), address.release),
      signal: gone.signal,
    }
    const succeed = (value: unknown) => {
      const { token } = call.reply
      if (typeof token === 'string')
        // The cookie is for files of datastores, to which clients have no other key (deviation 87).
        reply
          .header(SESSION_HEADER, token)
          .header('set-cookie', sessionCookie(token, request.protocol === 'https'))
      return answer(reply, method.result ? encodeResult(value, method.result, address.release) : undefined)
    }
    const fail = (error: unknown) => refuse(sandbox, reply, error, address.release)
    const { root } = sandbox.inventory
    try {
      const result = answerCall(sandbox, call)
      if (result instanceof Pending) void whileOpen(reply, gone, result.answer).then(succeed).catch(fail)
      // Who waits for what this call changed is answered first: this answer takes a third of their time to write.
      else if (sandbox.inventory.root !== root)
        void othersFirst()
          .then(() => succeed(result))
          .catch(fail)
      else return succeed(result)
    } catch (error) {
      return fail(error)
    }
  })
}

interface Address {
  readonly release: number
  readonly type: ManagedType
}

/** The release and type that the path names, if this server has them. */
function resolve(sandbox: Sandbox, request: FastifyRequest<Route>): Address | undefined {
  const { release: name, type: typeName } = request.params
  const release = versionIndex(name)
  const type = managedType(typeName)
  if (release === undefined || !type || type.since > release) return undefined
  return sandbox.services.identity.releases.includes(name) ? { release, type } : undefined
}

function callOf(request: FastifyRequest<Route>, { release, type }: Address): Call {
  return {
    release,
    token: textHeader(request, SESSION_HEADER),
    type: type.name,
    id: request.params.id,
    client: clientOf(request),
    reply: {},
  }
}

/** The parsed body, whatever type it says it is of; an absent one is a call without arguments. */
function bodyOf(request: FastifyRequest): unknown {
  const text = request.body
  if (typeof text !== 'string' || text.trim() === '') return {}
  const encoding = request.headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') throw encodedBody(encoding)
  try {
    // Some clients (PowerShell's, for one) begin a text with a byte order mark.
    return parseJson(text.startsWith('\ufeff') ? text.slice(1) : text)
  } catch (error) {
    throw malformedBody(error)
  }
}

// Nothing comes back from these: Fastify would wait for what a handler returns, though it is sent.

function answer(reply: FastifyReply, body: Body | undefined): void {
  if (body === undefined) reply.code(204).send()
  else reply.code(200).header('content-type', 'application/json').send(body)
}

function refuse(sandbox: Sandbox, reply: FastifyReply, error: unknown, release: number): void {
  const refusal =
    error instanceof VimFault
      ? error
      : broken(sandbox, 'The answer', error, 'the state is as the call left it')
  reply.code(500).header('content-type', 'application/json').send(faultBody(refusal, release))
}

function notFound(reply: FastifyReply, request: FastifyRequest): void {
  reply.code(404).header('content-type', 'application/json').send(notFoundBody(request.url))
}
