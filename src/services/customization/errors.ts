import { message, VapiError, vapiError } from '#vapi/error.js'
import { VimFault } from '#vim25/fault.js'
import { cause } from '../core/cause.js'

const ID = 'com.vmware.api.vcenter.guest.customization_spec'

/** A saved specification that there is not. */
const noSuchSpec = (name: string): VapiError =>
  vapiError('NOT_FOUND', `${ID}.not_found`, "Guest customization specification '{0}' does not exist.", [name])

/** A specification that says too little, too much, or what cannot be; ids and wording are ours (deviation 63). */
export const badSpec = (reason: string): VapiError =>
  vapiError('INVALID_ARGUMENT', `${ID}.invalid`, 'The guest customization specification is not valid: {0}', [
    reason,
  ])

/** Somebody else has changed it since it was read. */
export const staleSpec = (name: string): VapiError =>
  vapiError(
    'INVALID_ARGUMENT',
    `${ID}.fingerprint_mismatch`,
    "Guest customization specification '{0}' has changed since it was read.",
    [name],
  )

/** A refusal of vim25's manager, in words of this API. */
export function inOurWords(error: unknown, name: string): unknown {
  if (!(error instanceof VimFault)) return error
  switch (error.fault._typeName) {
    case 'NotFound':
      return noSuchSpec(name)
    case 'ConcurrentAccess':
      return staleSpec(name)
    case 'AlreadyExists':
      return new VapiError('ALREADY_EXISTS', [
        message(`${ID}.already_exists`, "Guest customization specification '{0}' exists already.", [name]),
        cause(error),
      ])
    case 'CustomizationFault':
      return badSpec(error.message)
    default:
      return error
  }
}
