import { message, VapiError } from '#vapi/error.js'
import { VimFault } from '#vim25/fault.js'
import type { ServiceCall } from '../core/call.js'
import { cause } from '../core/cause.js'
import { service } from '../core/service.js'
import { POWER_STATES } from './power-states.js'
import { requireVm } from './require-vm.js'

type Change = 'PowerOnVM_Task' | 'PowerOffVM_Task' | 'SuspendVM_Task' | 'ResetVM_Task'

/** What a VM is already when a change has nothing to do (rest-wire 1.6; on and suspended alike). */
const ALREADY: Readonly<Partial<Record<Change, readonly [id: string, text: string]>>> = {
  PowerOnVM_Task: ['already_powered_on', 'Virtual machine is already powered on.'],
  PowerOffVM_Task: ['already_powered_off', 'Virtual machine is already powered off.'],
  SuspendVM_Task: ['already_suspended', 'Virtual machine is already suspended.'],
}

export const power = service('com.vmware.vcenter.vm.power', {
  get(call, { vm }) {
    const { powerState, cleanPowerOff } = requireVm(call, vm).runtime
    const state = POWER_STATES[powerState]
    return state === 'POWERED_OFF' ? { state, clean_power_off: cleanPowerOff ?? true } : { state }
  },
  start: (call, { vm }) => change(call, vm, 'PowerOnVM_Task'),
  stop: (call, { vm }) => change(call, vm, 'PowerOffVM_Task'),
  suspend: (call, { vm }) => change(call, vm, 'SuspendVM_Task'),
  reset: (call, { vm }) => change(call, vm, 'ResetVM_Task'),
})

async function change(call: ServiceCall, vm: string, method: Change): Promise<void> {
  requireVm(call, vm)
  try {
    await call.task('VirtualMachine', vm, method, {})
  } catch (error) {
    throw alreadyThere(method, error) ?? error
  }
}

function alreadyThere(method: Change, error: unknown): VapiError | undefined {
  const words = ALREADY[method]
  if (!words || !(error instanceof VimFault) || error.fault._typeName !== 'InvalidPowerState')
    return undefined
  const { requestedState, existingState } = error.fault as unknown as Record<string, string>
  if (requestedState !== existingState) return undefined
  const [id, text] = words
  return new VapiError('ALREADY_IN_DESIRED_STATE', [
    message(`com.vmware.api.vcenter.vm.power.${id}`, text),
    cause(error),
  ])
}
