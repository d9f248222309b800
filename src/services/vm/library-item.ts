import { requireObject } from '../core/objects.js'
import { service } from '../core/service.js'

export const vmLibraryItem = service('com.vmware.vcenter.vm.library_item', {
  get(call, { vm }) {
    requireObject(call, 'VirtualMachine', vm)
    return {}
  },
})
