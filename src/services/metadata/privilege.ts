import type { VapiMetadataPrivilegeOperationInfo } from '#vapi/generated/types.js'
import type { Operation } from '#vapi/types.js'
import { service } from '../core/service.js'
import { layersOf } from './layers.js'
import { propertyPath } from './property-path.js'
import { metadataSources } from './sources.js'

function operationInfo(operation: Operation): VapiMetadataPrivilegeOperationInfo | undefined {
  const { privileges } = operation
  if (privileges.length === 0) return undefined
  const byPath = new Map<string, string[]>()
  for (const { privilege, resource, by } of privileges) {
    if (resource === undefined) continue
    const path = propertyPath(operation, by ?? resource)
    byPath.set(path, [...(byPath.get(path) ?? []), privilege])
  }
  return {
    privileges: privileges.filter(({ resource }) => resource === undefined).map(({ privilege }) => privilege),
    privilege_info: [...byPath].map(([property_path, own]) => ({ property_path, privileges: own })),
  }
}

const layers = layersOf({
  kind: 'privilege',
  operation: operationInfo,
  service: (operations) => ({ operations }),
  package: (services) => ({ privileges: [], services }),
})

/** Which privileges each operation asks for, and on what; operations that the definitions name none for are not there. */
export const privilegeMetadata = [
  service('com.vmware.vapi.metadata.privilege.component', {
    list: ({ release }) => layers.components(release),
    get: ({ release }, { component_id }) => layers.component(release, component_id),
    fingerprint: ({ release }, { component_id }) => layers.fingerprint(release, component_id),
  }),
  service('com.vmware.vapi.metadata.privilege.package', {
    list: ({ release }) => layers.packages(release),
    get: ({ release }, { package_id }) => layers.package(release, package_id),
  }),
  service('com.vmware.vapi.metadata.privilege.service', {
    list: ({ release }) => layers.services(release),
    get: ({ release }, { service_id }) => layers.service(release, service_id),
  }),
  service('com.vmware.vapi.metadata.privilege.service.operation', {
    list: ({ release }, { service_id }) => layers.operations(release, service_id),
    get: ({ release }, { service_id, operation_id }) => layers.operation(release, service_id, operation_id),
  }),
  metadataSources('com.vmware.vapi.metadata.privilege.source', layers.fingerprints),
]
