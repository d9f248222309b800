import type { VcenterVmGuestPowerState } from '#vapi/generated/types.js'
import { VimFault } from '#vim25/fault.js'
import type { ServiceCall } from '../../core/call.js'
import { service } from '../../core/service.js'
import { requireVm } from '../require-vm.js'
import { notPoweredOn } from '../state-errors.js'
import { toolsNotRunning } from './tools-state.js'

/** GuestInfo.guestState. */
const STATES: Readonly<Record<string, VcenterVmGuestPowerState>> = {
  running: 'RUNNING',
  shuttingDown: 'SHUTTING_DOWN',
  resetting: 'RESETTING',
  standby: 'STANDBY',
  notRunning: 'NOT_RUNNING',
}

export const guestPower = service('com.vmware.vcenter.vm.guest.power', {
  get(call, { vm }) {
    const { guest } = requireVm(call, vm)
    return {
      state: STATES[guest?.guestState ?? ''] ?? 'UNAVAILABLE',
      operations_ready: guest?.guestStateChangeSupported ?? false,
    }
  },
  shutdown: (call, { vm }) => ask(call, vm, 'ShutdownGuest'),
  reboot: (call, { vm }) => ask(call, vm, 'RebootGuest'),
  standby: (call, { vm }) => ask(call, vm, 'StandbyGuest'),
})

/** The guest is asked and answers in its own time. Of a VM that is off only a shutdown has nothing left to do. */
function ask(call: ServiceCall, vm: string, method: 'ShutdownGuest' | 'RebootGuest' | 'StandbyGuest'): void {
  const { powerState } = requireVm(call, vm).runtime
  if (powerState === 'poweredOff' && method !== 'ShutdownGuest') throw notPoweredOn(call, vm)
  try {
    call.vim('VirtualMachine', vm, method, {})
  } catch (error) {
    if (error instanceof VimFault && error.fault._typeName === 'ToolsUnavailable')
      throw toolsNotRunning(call, vm)
    throw error
  }
}
