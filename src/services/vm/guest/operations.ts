import { requireObject } from '../../core/objects.js'
import { service } from '../../core/service.js'

export const guestOperations = service('com.vmware.vcenter.vm.guest.operations', {
  get(call, { vm }) {
    const { guest } = requireObject(call, 'VirtualMachine', vm)
    return {
      guest_operations_ready: guest?.guestOperationsReady ?? false,
      interactive_guest_operations_ready: guest?.interactiveGuestOperationsReady ?? false,
    }
  },
})
