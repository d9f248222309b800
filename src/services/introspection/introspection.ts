import { vapiError } from '#vapi/error.js'
import { known } from '#vapi/known.js'
import { service as definedService, serviceIds } from '#vapi/schema.js'
import type { Operation } from '#vapi/types.js'
import { service } from '../core/service.js'
import { constantFingerprint } from '../metadata/fingerprint.js'
import { definitionOf, structureOf } from './definition.js'

/** What the API consists of, told from the same definitions that serve it, for the server's own release. */
export const serviceIntrospection = service('com.vmware.vapi.std.introspection.service', {
  list: ({ release }) => serviceIds.filter((id) => operationsOf(id, release).length > 0),
  get: ({ release }, { id }) => ({ operations: required(id, release).map((operation) => operation.id) }),
})

export const operationIntrospection = service('com.vmware.vapi.std.introspection.operation', {
  list: ({ release }, { service_id }) => required(service_id, release).map(({ id }) => id),
  get({ release }, { service_id, operation_id }) {
    const operation = required(service_id, release).find(({ id }) => id === operation_id)
    if (!operation)
      throw vapiError(
        'NOT_FOUND',
        'vapi.introspection.operation.not_found',
        "Cannot find operation '{0}' in service '{1}'.",
        [operation_id, service_id],
      )
    return {
      input_definition: structureOf(operation.input, release),
      output_definition: definitionOf(operation.output, release),
      error_definitions: operation.errors.map((name) => structureOf(known.structure(name), release)),
    }
  },
})

/** Who answers; the name is ours, the checksum changes with what is answered (deviation 77). */
export const providerIntrospection = service('com.vmware.vapi.std.introspection.provider', {
  get: ({ release }) => ({
    id: 'vcenter',
    checksum: constantFingerprint(`provider ${release}`, () =>
      serviceIds.map((id) => [id, ...operationsOf(id, release).map((operation) => operation.id)]),
    ),
  }),
})

const operationsOf = (id: string, release: number): readonly Operation[] =>
  [...(definedService(id)?.operations.values() ?? [])].filter((operation) => operation.since <= release)

function required(id: string, release: number): readonly Operation[] {
  const found = operationsOf(id, release)
  if (found.length === 0)
    throw vapiError('NOT_FOUND', 'vapi.method.input.invalid.interface', "Cannot find service '{0}'.", [id])
  return found
}
