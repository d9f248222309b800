import type { FastifyReply } from 'fastify'
import { ERRORS, message, VapiError } from '#vapi/error.js'
import { encode, encodeStructure } from '#vapi/json/encode.js'
import { jsonText } from '#vapi/json/text.js'
import { known } from '#vapi/known.js'
import { successStatus } from '#vapi/rest-status.js'
import type { Operation, RestBinding } from '#vapi/types.js'

const DIALECT = { maps: 'object' } as const

/** The raw value, with the status that the operation succeeds with (rest-wire 1.4). */
export function sendResult(
  reply: FastifyReply,
  { operation, rest }: { readonly operation: Operation; readonly rest: RestBinding },
  value: unknown,
  release: number,
): FastifyReply {
  const body = bodyOf(operation, value, release)
  const status = successStatus(operation, rest)
  if (body === undefined) return reply.code(status === 204 ? 204 : 200).send()
  return reply.code(status).header('content-type', 'application/json').send(body)
}

/** Bytes of answers that are the same object as before (what the state's memory gave), by release. */
const bodies = new WeakMap<object, Map<number, Buffer>>()

/** A result's JSON; a frozen one is encoded once. */
function bodyOf(operation: Operation, value: unknown, release: number): Buffer | string | undefined {
  const kept = typeof value === 'object' && value !== null && Object.isFrozen(value)
  const known = kept ? bodies.get(value)?.get(release) : undefined
  if (known) return known
  const encoded = encode(operation.output, value, { release, dialect: DIALECT })
  if (encoded === undefined) return undefined
  const text = jsonText(encoded)
  if (!kept) return text
  const bytes = Buffer.from(text)
  const perRelease = bodies.get(value) ?? new Map<number, Buffer>()
  bodies.set(value, perRelease.set(release, bytes))
  return bytes
}

/** `{error_type, messages}` with the status of the error's type (rest-wire 1.5). */
export function sendError(
  reply: FastifyReply,
  error: VapiError,
  release: number,
  status: number = ERRORS[error.type].api,
): FastifyReply {
  const { type: error_type, messages, data } = error
  const body = encodeStructure(
    known.structure(error.structure),
    { error_type, messages, data },
    { release, dialect: DIALECT },
  )
  return reply.code(status).header('content-type', 'application/json').send(jsonText(body))
}

/** A path that no operation of the release has, with or without a session (rest-wire 1.3, recorded). */
export const NOT_FOUND = new VapiError('NOT_FOUND', [
  message('com.vmware.vapi.rest.httpNotFound', 'Not found.'),
])

/** A request that cannot be read as HTTP with JSON (deviation 44: the real texts are not on record). */
export function badRequest(reason: string): VapiError {
  return new VapiError('INVALID_ARGUMENT', [message('com.vmware.vapi.rest.httpBadRequest', reason)])
}
