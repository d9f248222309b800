import { service } from '../core/service.js'
import { layersOf } from './layers.js'
import { metadataSources } from './sources.js'

/** One server answers everything itself (deviation 77). */
const HERE = { routing_path: '', routing_strategy: 'LOCAL', operation_hints: [], id_types: {} } as const

const layers = layersOf({
  kind: 'routing',
  operation: () => ({ routing_info: HERE }),
  service: (operations) => ({ routing_info: HERE, operations }),
  package: (services) => ({ routing_info: HERE, services }),
})

/** Where each operation is answered. */
export const routingMetadata = [
  service('com.vmware.vapi.metadata.routing.component', {
    list: ({ release }) => layers.components(release),
    get: ({ release }, { component_id }) => layers.component(release, component_id),
    fingerprint: ({ release }, { component_id }) => layers.fingerprint(release, component_id),
  }),
  service('com.vmware.vapi.metadata.routing.package', {
    list: ({ release }) => layers.packages(release),
    get: ({ release }, { package_id }) => layers.package(release, package_id),
  }),
  service('com.vmware.vapi.metadata.routing.service', {
    list: ({ release }) => layers.services(release),
    get: ({ release }, { service_id }) => layers.service(release, service_id),
  }),
  service('com.vmware.vapi.metadata.routing.service.operation', {
    list: ({ release }, { service_id }) => layers.operations(release, service_id),
    get: ({ release }, { service_id, operation_id }) => layers.operation(release, service_id, operation_id),
  }),
  metadataSources('com.vmware.vapi.metadata.routing.source', layers.fingerprints),
]
