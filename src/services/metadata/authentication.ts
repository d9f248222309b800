import { ANONYMOUS } from '#vapi/anonymous.js'
import type { VapiMetadataAuthenticationAuthenticationInfo } from '#vapi/generated/types.js'
import { service } from '../core/service.js'
import { layersOf } from './layers.js'
import { metadataSources } from './sources.js'

type Scheme = VapiMetadataAuthenticationAuthenticationInfo

const SESSION = 'com.vmware.cis.session'
const security = (name: string) => `com.vmware.vapi.std.security.${name}`

/** With a session's token, as nearly everything is called. */
const BY_SESSION: Scheme = {
  scheme_type: 'SESSION_AWARE',
  session_manager: SESSION,
  scheme: security('session_id'),
}

/** With a name and a password, which only the making of a session takes. */
const BY_PASSWORD: Scheme = { scheme_type: 'SESSIONLESS', scheme: security('user_pass') }

const layers = layersOf({
  kind: 'authentication',
  operation({ service, id }) {
    const key = `${service}/${id}`
    if (key === `${SESSION}/create`) return { schemes: [BY_PASSWORD] }
    return { schemes: ANONYMOUS.has(key) ? [] : [BY_SESSION] }
  },
  service: (operations) => ({ schemes: [BY_SESSION], operations }),
  package: (services) => ({ schemes: [BY_SESSION], services }),
})

/** How each operation is to be called: with a session, with name and password, or by anybody. */
export const authenticationMetadata = [
  service('com.vmware.vapi.metadata.authentication.component', {
    list: ({ release }) => layers.components(release),
    get: ({ release }, { component_id }) => layers.component(release, component_id),
    fingerprint: ({ release }, { component_id }) => layers.fingerprint(release, component_id),
  }),
  service('com.vmware.vapi.metadata.authentication.package', {
    list: ({ release }) => layers.packages(release),
    get: ({ release }, { package_id }) => layers.package(release, package_id),
  }),
  service('com.vmware.vapi.metadata.authentication.service', {
    list: ({ release }) => layers.services(release),
    get: ({ release }, { service_id }) => layers.service(release, service_id),
  }),
  service('com.vmware.vapi.metadata.authentication.service.operation', {
    list: ({ release }, { service_id }) => layers.operations(release, service_id),
    get: ({ release }, { service_id, operation_id }) => layers.operation(release, service_id, operation_id),
  }),
  metadataSources('com.vmware.vapi.metadata.authentication.source', layers.fingerprints),
]
