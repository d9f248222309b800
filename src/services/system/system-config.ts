import { vapiError } from '#vapi/error.js'
import { hostName } from '../appliance/host-name.js'
import type { ServiceCall } from '../core/call.js'
import { service } from '../core/service.js'

/** Since 7.0 every vCenter Server has its Platform Services Controller within itself; there is no way out of that. */
export const deploymentType = service('com.vmware.vcenter.system_config.deployment_type', {
  get: () => ({ type: 'VCSA_EMBEDDED' }),

  reconfigure() {
    throw vapiError(
      'UNSUPPORTED',
      'com.vmware.vcenter.system_config.deployment_type.unsupported',
      'The Platform Services Controller is part of this vCenter Server and cannot be moved out of it.',
    )
  },
})

export const pscRegistration = service('com.vmware.vcenter.system_config.psc_registration', {
  get: (call) => ({
    address: hostName(call.read),
    https_port: 443,
    sso_domain: ssoDomain(call),
  }),

  repoint() {
    throw vapiError(
      'UNSUPPORTED',
      'com.vmware.vcenter.system_config.psc_registration.unsupported',
      'Only a vCenter Server with an external Platform Services Controller can be repointed.',
    )
  },
})

/** The domain of single sign-on comes first in the list of domains. */
const ssoDomain = ({ read }: ServiceCall) =>
  read.find('UserDirectory', 'UserDirectory')?.domainList?.[0] ?? 'vsphere.local'
