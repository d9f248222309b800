import { fault, type VimFault } from '#vim25/fault.js'
import type { MethodFault } from '#vim25/generated/types.js'
import { narrow } from '#vim25/json/narrow.js'
import { stringify } from '#vim25/json/stringify.js'

/** A fault as VI JSON answers it: the fault's data object with `faultstring` after the type name (rest-wire 3.5). */
export function faultBody(error: VimFault, release: number): string {
  const { _typeName, ...members } = narrow(error.fault, release) as MethodFault
  return stringify({ _typeName, faultstring: error.message, ...members })
}

/** An unknown release, type or member (deviation 4: the real body is not on record). */
export function notFoundBody(url: string): string {
  return JSON.stringify({
    error_type: 'NOT_FOUND',
    messages: [
      {
        args: [url],
        default_message: `Not found: this server has no '${url}'. GET /about lists the releases, /docs the members.`,
        id: 'com.vmware.vapi.rest.httpNotFound',
      },
    ],
  })
}

/** A body that is not JSON, or nested beyond what can be read. */
export function malformedBody(error: unknown): VimFault {
  if (error instanceof RangeError)
    return fault('InvalidRequest', {}, 'The request body is nested too deeply to be read.')
  const reason = error instanceof Error ? error.message : String(error)
  return fault('InvalidRequest', {}, `The request body is not valid JSON: ${reason}`)
}

/** A compressed body. */
export function encodedBody(encoding: string): VimFault {
  return fault(
    'InvalidRequest',
    {},
    `This server does not read bodies with the content-encoding '${encoding.slice(0, 50)}'; send the JSON as it is.`,
  )
}
