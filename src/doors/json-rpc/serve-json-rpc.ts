import type { FastifyReply, FastifyRequest } from 'fastify'
import { invoke } from '#services/core/dispatch.js'
import { theServices } from '#services/services.js'
import { message, VapiError } from '#vapi/error.js'
import { decodeStructure } from '#vapi/json/decode.js'
import { createProblems } from '#vapi/json/problems.js'
import { jsonText } from '#vapi/json/text.js'
import { tag, tagError } from '#vapi/json-rpc/tag.js'
import { TagError, untag } from '#vapi/json-rpc/untag.js'
import { releaseIndex } from '#vapi/release.js'
import { operation as operationOf, service } from '#vapi/schema.js'
import type { Operation } from '#vapi/types.js'
import { parseJson } from '#vim25/json/parse.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { clientOf, refusedRequest } from '../automation/request.js'
import { answering, type LateDoor } from '../late-door.js'
import { type Envelope, EnvelopeError, readEnvelope } from './envelope.js'
import { callerOf } from './security.js'

/** Errors of operations are answers with status 200, as everything is that JSON-RPC can say. */
export function serveJsonRpc(sandbox: Sandbox): LateDoor {
  const release = releaseIndex(sandbox.services.identity.apiVersion)
  return {
    refuse: (error, reply, status) =>
      send(reply.code(status), null, { error: { code: -32600, message: refusedRequest(error) } }),
    answer(request, reply) {
      let id: Envelope['id'] = null
      return answering(
        reply,
        async (signal) => {
          const envelope = readEnvelope(parsed(request.body), (name) => textHeader(request, name))
          id = envelope.id
          return answer(sandbox, request, envelope, release, signal)
        },
        (body) => send(reply, id, body as object),
        (error) => {
          if (!(error instanceof EnvelopeError)) throw error
          return send(reply, error.id, { error: { code: error.code, message: error.message } })
        },
      )
    },
  }
}

function parsed(body: unknown): unknown {
  try {
    return parseJson(typeof body === 'string' ? body : '')
  } catch (error) {
    throw new EnvelopeError(-32700, `Parse error: ${error instanceof Error ? error.message : error}`)
  }
}

const textHeader = (request: FastifyRequest, name: string) => {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}

/** What stands beside the id: `result` with an output or an error of the operation. */
async function answer(
  sandbox: Sandbox,
  request: FastifyRequest,
  envelope: Envelope,
  release: number,
  signal: AbortSignal,
): Promise<object> {
  try {
    const operation = known(envelope, release)
    const value = await invoke(sandbox, theServices(), {
      operation,
      ...callerOf(envelope.security, textHeader(request, 'vmware-api-session-id')),
      client: clientOf(request),
      release,
      signal,
      input: () => inputOf(operation, envelope, release),
    })
    return { result: { output: tag(operation.output, value, release) } }
  } catch (error) {
    if (error instanceof VapiError) return { result: { error: tagError(error, release) } }
    throw error
  }
}

/** The operation, if this release has it (rest-wire 1.1, recorded for an unknown service). */
function known(envelope: Envelope, release: number): Operation {
  const found = operationOf(envelope.service, envelope.operation)
  if (found && found.since <= release) return found
  const owner = service(envelope.service)
  const missing =
    owner && owner.since <= release
      ? message('vapi.method.input.invalid.method', "Cannot find method '{1}' in service '{0}'.", [
          envelope.service,
          envelope.operation,
        ])
      : message('vapi.method.input.invalid.interface', "Cannot find service '{0}'.", [envelope.service])
  throw new VapiError('OPERATION_NOT_FOUND', [missing])
}

function inputOf(
  operation: Operation,
  { id, input }: Envelope,
  release: number,
): Readonly<Record<string, unknown>> {
  try {
    const problems = createProblems()
    const to = { release, dialect: { maps: 'entries' }, problems } as const
    const value = decodeStructure(operation.input, untag(input) ?? {}, '', to)
    problems.check()
    return value as Readonly<Record<string, unknown>>
  } catch (error) {
    if (error instanceof TagError || error instanceof RangeError)
      throw new EnvelopeError(-32602, `Invalid params: ${error.message}`, id)
    throw error
  }
}

function send(reply: FastifyReply, id: string | number | null, body: object): FastifyReply {
  const text = jsonText({ jsonrpc: '2.0', id, ...body })
  return reply.header('content-type', 'application/json').send(text)
}
