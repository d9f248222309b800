import { service } from '../../core/service.js'
import { requireVm } from '../require-vm.js'

export const guestOperations = service('com.vmware.vcenter.vm.guest.operations', {
  get(call, { vm }) {
    const { guest } = requireVm(call, vm)
    return {
      guest_operations_ready: guest?.guestOperationsReady ?? false,
      interactive_guest_operations_ready: guest?.interactiveGuestOperationsReady ?? false,
    }
  },
})
