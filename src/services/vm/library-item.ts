import { requireObject } from '../core/objects.js'
import { service } from '../core/service.js'
import { checkedOutOf } from '../vm-template/template.js'

export const vmLibraryItem = service('com.vmware.vcenter.vm.library_item', {
  get(call, { vm }) {
    requireObject(call, 'VirtualMachine', vm)
    const item = checkedOutOf(call.read, vm)
    return item ? { check_out: { library_item: item.id } } : {}
  },
})
