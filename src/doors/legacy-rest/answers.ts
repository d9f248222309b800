import type { FastifyReply } from 'fastify'
import { ERRORS, message, VapiError } from '#vapi/error.js'
import { errorFields } from '#vapi/error-fields.js'
import { encode, encodeStructure } from '#vapi/json/encode.js'
import { jsonText } from '#vapi/json/text.js'
import { known } from '#vapi/known.js'
import type { Operation } from '#vapi/types.js'

const DIALECT = { maps: 'entries' } as const

/** `{"value": ...}`, always with 200; nothing where there is no result (rest-wire 1.4). */
export function sendValue(
  reply: FastifyReply,
  operation: Operation,
  value: unknown,
  release: number,
): FastifyReply {
  const encoded = encode(operation.output, value, { release, dialect: DIALECT })
  if (encoded === undefined) return reply.code(200).send()
  return send(reply, 200, { value: encoded })
}

/** `{type, value: {error_type, messages}}` with the older table of statuses (rest-wire 1.5); up to 6.7 without `error_type`. */
export function sendLegacyError(
  reply: FastifyReply,
  error: VapiError,
  release: number,
  status: number = ERRORS[error.type].rest,
): FastifyReply {
  const fields = errorFields(error, release)
  const value = encodeStructure(known.structure(error.structure), fields, { release, dialect: DIALECT })
  return send(reply, status, { type: error.structure, value })
}

/** A path that `/rest` does not have: a structure of its own (rest-wire 1.3, recorded). */
export function sendNoPath(reply: FastifyReply): FastifyReply {
  const name = 'com.vmware.vapi.rest.httpNotFound'
  return send(reply, 404, {
    name,
    localizableMessages: [{ defaultMessage: 'Not found.', id: name }],
    majorErrorCode: 404,
  })
}

/** A path that is known, but not with this method and action (recorded from 7.0 U3). */
export function sendNoOperation(reply: FastifyReply, path: string, release: number): FastifyReply {
  const id = 'com.vmware.vapi.rest.operationsForUrlNotFound'
  const told = message(id, 'Unable to find operations for URL: {0}.', [path])
  return sendLegacyError(reply, new VapiError('NOT_FOUND', [told]), release)
}

function send(reply: FastifyReply, status: number, body: object): FastifyReply {
  return reply.code(status).header('content-type', 'application/json').send(jsonText(body))
}
