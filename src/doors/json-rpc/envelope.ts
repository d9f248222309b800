import { isObject } from '#vapi/json/decode.js'

/** One call as JSON-RPC 2.0 carries it to the Automation API (rest-wire 1.1). */
export interface Envelope {
  readonly id: string | number | null
  readonly service: string
  readonly operation: string
  /** Still with its tags. */
  readonly input: unknown
  readonly security: Readonly<Record<string, unknown>>
}

/** JSON-RPC's own errors, by their codes. */
export class EnvelopeError extends Error {
  constructor(
    readonly code: -32700 | -32600 | -32601 | -32602,
    message: string,
    readonly id: string | number | null = null,
  ) {
    super(message)
  }
}

/**
 * Reads the envelope. The headers `vapi-service` and `vapi-operation` stand in for what the body leaves out. Throws
 * EnvelopeError.
 */
export function readEnvelope(body: unknown, header: (name: string) => string | undefined): Envelope {
  if (!isObject(body)) throw new EnvelopeError(-32600, 'The request is no JSON object.')
  const id = typeof body.id === 'string' || typeof body.id === 'number' ? body.id : null
  if (body.jsonrpc !== '2.0')
    throw new EnvelopeError(-32600, "The request has no member jsonrpc with '2.0'.", id)
  if (body.method !== 'invoke')
    throw new EnvelopeError(
      -32601,
      `There is no method '${String(body.method).slice(0, 60)}'; only 'invoke'.`,
      id,
    )
  const { params } = body
  if (!isObject(params)) throw new EnvelopeError(-32602, 'The request has no object params.', id)
  const named = (member: string, name: string) => {
    const value = params[member] ?? header(name)
    if (typeof value === 'string') return value
    throw new EnvelopeError(-32602, `params has no string ${member}.`, id)
  }
  const ctx = isObject(params.ctx) ? params.ctx : {}
  return {
    id,
    service: named('serviceId', 'vapi-service'),
    operation: named('operationId', 'vapi-operation'),
    input: params.input,
    security: isObject(ctx.securityCtx) ? ctx.securityCtx : {},
  }
}
