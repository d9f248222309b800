import { type LocalizableMessage, message, VapiError } from '#vapi/error.js'

/*
 * What content libraries say. `update_session_file_not_received` and the four of the probe are recorded (rest-wire 1.6);
 * the others follow their pattern (deviation 71).
 */

const ID = 'com.vmware.vdcs.cls-main'

const TEXTS = {
  library_not_found: 'The library with ID {0} does not exist.',
  library_item_not_found: 'The library item with ID {0} does not exist.',
  update_session_not_found: 'The update session with ID {0} does not exist.',
  download_session_not_found: 'The download session with ID {0} does not exist.',
  subscription_not_found: 'The library {0} has no subscription with ID {1}.',
  item_change_not_found: 'The library item {0} has no change with version {1}.',
  certificate_not_found: 'There is no trusted certificate with ID {0}.',
  file_not_found: 'The library item {0} has no file {1}.',
  session_file_not_found: 'The session {0} has no file {1}.',
  not_local_library: 'The library {0} is not a local library.',
  not_subscribed_library: 'The library {0} is not a subscribed library.',
  subscribed_item_read_only:
    'The library item {0} belongs to a subscribed library; only its publisher changes it.',
  vm_template_item:
    "Update session creation is not supported for library item '{0}' (ID: {1}) because it contains a virtual machine template.",
  item_checked_out:
    'A virtual machine is checked out of the library item {0}; check it in, or delete it first.',
  item_name_exists: 'The library already has an item with the name {0}.',
  field_required: 'The field {0} must be set.',
  field_invalid: 'The field {0} cannot be {1}.',
  field_fixed: 'The field {0} cannot be changed.',
  version_conflict: 'The version is {0}, not {1}: somebody else has made a change meanwhile.',
  storage_backings_invalid: 'A library has one storage backing: a datastore, or other storage with its URI.',
  datastore_not_found: 'There is no datastore {0}.',
  not_published: 'The library {0} is not published.',
  not_optimized: 'The library {0} is optimized for remote publishing, which leaves out this operation.',
  session_not_active: 'The session {0} is in the state {1}; the operation needs an active one.',
  session_active: 'The session {0} is active; cancel, fail or complete it first.',
  item_being_updated: 'The library item {0} has an active update session: {1}.',
  update_session_file_not_received:
    'File {0} has transfer errors or has not been fully received yet (status: {1}).',
  file_exists_in_session: 'The session {0} has a file {1} already.',
  file_size_mismatch: 'File {0} has {1} bytes; {2} were announced.',
  file_checksum_mismatch: 'File {0} has the {1} checksum {2}; {3} was announced.',
  file_storage_full: 'The storage of the library cannot hold file {0}: {1}',
  ova_invalid: 'File {0} cannot be read as an OVA archive with an OVF descriptor in it.',
  file_source_not_found: 'There is no file at {0}.',
  client_error: 'The client failed the session: {0}',
  manifest_mismatch: 'File {0} does not fit the {1} checksum in the manifest {2}.',
  on_demand_only: 'The content of {0} can only be evicted in a library that syncs on demand.',
  subscriber_exists: 'The library {0} already has a subscription of library {1}.',
  no_source_library: 'The published library at {0} cannot be reached.',
  invalid_credentials: 'The published library at {0} does not take these credentials.',
  certificate_invalid: 'The text is not a certificate in PEM form.',
  invalid_url_format: 'Invalid URL format for {0}',
  file_probe_unsupported_uri_scheme: 'The specified URI {0} is not supported',
  http_request_error: 'HTTP request error: {0}',
} as const

export type Trouble = keyof typeof TEXTS

export function told(trouble: Trouble, ...args: readonly string[]): LocalizableMessage {
  return message(`${ID}.${trouble}`, TEXTS[trouble], args)
}

export const notFound = (trouble: Trouble, ...args: readonly string[]) =>
  new VapiError('NOT_FOUND', [told(trouble, ...args)])

export const invalid = (trouble: Trouble, ...args: readonly string[]) =>
  new VapiError('INVALID_ARGUMENT', [told(trouble, ...args)])

export const wrongKind = (trouble: Trouble, ...args: readonly string[]) =>
  new VapiError('INVALID_ELEMENT_TYPE', [told(trouble, ...args)])

export const notNow = (trouble: Trouble, ...args: readonly string[]) =>
  new VapiError('NOT_ALLOWED_IN_CURRENT_STATE', [told(trouble, ...args)])
