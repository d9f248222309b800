import { type VapiError, vapiError } from '#vapi/error.js'

/* Errors of the appliance's services. Only the text for a service that does not exist is on record (rest-wire 1.6). */

/** INVALID_ARGUMENT for a value that has the right type and is wrong all the same; `path` as the client wrote it. */
export function invalid(path: string, problem: string): VapiError {
  return vapiError('INVALID_ARGUMENT', 'vapi.data.invalid', `Invalid value at '${path}': {0}`, [problem])
}

export function notFound(kind: 'service' | 'interface' | 'user' | 'update' | 'item', id: string): VapiError {
  const noun = { service: 'Service', interface: 'Interface', user: 'User', update: 'Update', item: 'Item' }[
    kind
  ]
  return vapiError('NOT_FOUND', `com.vmware.appliance.${kind}.not_found`, `${noun} {0} does not exist`, [id])
}

export function notNow(id: string, text: string, args: readonly string[] = []): VapiError {
  return vapiError('NOT_ALLOWED_IN_CURRENT_STATE', `com.vmware.appliance.${id}`, text, args)
}
