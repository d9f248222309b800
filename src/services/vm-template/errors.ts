import { type ErrorType, message, VapiError } from '#vapi/error.js'
import type { VimFault } from '#vim25/fault.js'
import { cause } from '../core/cause.js'

/*
 * What VM templates in libraries say. `invalid_source_vm_template_not_supported` is recorded, and so is the message about
 * names that are taken (rest-wire 1.6); the others follow their pattern (deviation 75).
 */

const ID = 'com.vmware.vdcs.vmtx-main'

const TEXTS = {
  invalid_source_vm_template_not_supported:
    'The provided source virtual machine ID {0} is from a virtual machine template, which is not supported.',
  field_required: 'The field {0} must be set.',
  library_not_local: 'The library {0} is not a local library; only such a one takes VM templates.',
  library_without_datastore: 'The library {0} lies on no datastore; name one in the field {1}.',
  subscribed_item: 'The library item {0} belongs to a subscribed library, where nothing is checked out.',
  not_a_vm_template: 'The library item {0} does not contain a virtual machine template.',
  disk_not_larger: 'The disk {0} has {1} bytes; {2} are not more.',
  disk_removed_and_updated: 'The disk {0} cannot be removed and updated at once.',
  check_out_limit_exceeded: 'A virtual machine is checked out of the library item {0} already.',
  vm_not_checked_out: 'The virtual machine {0} is not checked out of the library item {1}.',
  vm_checked_out:
    'The virtual machine {0} is checked out of the library item {1}; check it in, or delete it first.',
  version_not_found: 'The library item {0} has no version {1}.',
  version_is_latest: 'The version {1} is the latest one of the library item {0}.',
} as const

export type Trouble = keyof typeof TEXTS

export function refusal(type: ErrorType, trouble: Trouble, ...args: readonly string[]): VapiError {
  return new VapiError(type, [message(`${ID}.${trouble}`, TEXTS[trouble], args)])
}

export const invalid = (trouble: Trouble, ...args: readonly string[]): VapiError =>
  refusal('INVALID_ARGUMENT', trouble, ...args)

/** A VM of this name is in the folder already. */
export function nameTaken(name: string, error: VimFault): VapiError {
  const text = 'An object of type "{0}" named "{1}" already exists.'
  const own = message('com.vmware.vdcs.util.duplicate_name', text, ['VirtualMachine', name])
  return new VapiError('ALREADY_EXISTS', [own, cause(error)])
}
