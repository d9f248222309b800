/** Bodies of the Automation API's errors that come before any operation (rest-wire 1.3, recorded). */
function errorBody(error_type: string, id: string, default_message: string) {
  return { error_type, messages: [{ args: [], default_message, id }] } as const
}

export const AUTHENTICATION_REQUIRED = errorBody(
  'UNAUTHENTICATED',
  'com.vmware.vapi.endpoint.method.authentication.required',
  'Authentication required.',
)

export const NOT_FOUND = errorBody('NOT_FOUND', 'com.vmware.vapi.rest.httpNotFound', 'Not found.')
