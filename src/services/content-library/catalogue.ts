import { contentService } from './content-service.js'

/** The one policy that a vCenter has by itself; its identifier is ours (deviation 71). */
export const OVF_POLICY = '5b2ce3ba-2d6f-4b8c-9d3f-7a3c1e5f0a11'

export const securityPolicies = contentService('com.vmware.content.security_policies', {
  list: () => [
    {
      policy: OVF_POLICY,
      name: 'OVF default policy',
      item_type_rules: { ovf: 'OVF_STRICT_VERIFICATION' },
    },
  ],
})

const type = (id: string, name: string, description: string) => ({
  type: id,
  name,
  description,
  vendor: 'VMware',
  version: '1',
})

/** What items can be, beside anything at all. */
export const contentType = contentService('com.vmware.content.type', {
  list: () => [
    { ...type('ovf', 'OVF Template', 'OVF or OVA template'), supported_rules: ['OVF_STRICT_VERIFICATION'] },
    type('vm-template', 'VM Template', 'Virtual machine template'),
    type('iso', 'ISO Image', 'ISO image that can be mounted'),
    type('vcsp.other', 'Other', 'Files of any other type'),
  ],
})
