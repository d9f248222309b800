import { contentService } from '../content-library/content-service.js'
import { requireObject } from '../core/objects.js'
import { capture, takenName } from './create.js'
import { deploy } from './deploy.js'
import { summaryOf } from './filter.js'
import { checkTarget } from './placement.js'
import { once } from './repeated.js'

/** OVF packages in content libraries: made of machines, looked into, deployed. */
export const ovfLibraryItem = contentService('com.vmware.vcenter.ovf.library_item', {
  deploy: (call, { client_token, ovf_library_item_id, target, deployment_spec }) =>
    once(call, 'deploy', client_token, () => deploy(call, ovf_library_item_id, target, deployment_spec)),

  async filter(call, { ovf_library_item_id, target }) {
    checkTarget(call, target)
    return summaryOf(call, ovf_library_item_id)
  },

  create: (call, { client_token, source, target, create_spec }) =>
    once(call, 'create', client_token, async () => {
      // Nothing here is a vApp yet (deviation 89).
      requireObject(call, 'VirtualMachine', source.id)
      try {
        return await capture(call, source.id, target, create_spec)
      } catch (error) {
        const taken = takenName(error)
        if (taken) return taken
        throw error
      }
    }),
})
