import { message, VapiError } from '#vapi/error.js'
import { fault, localized } from '#vim25/fault.js'
import type { ServiceCall } from '../core/call.js'

/** What needs a running VM, of one that does not run: with the same cause as vim25's refusal (rest-wire 1.6). */
export function notPoweredOn(call: ServiceCall, vm: string, id = 'not_powered_on', text?: string): VapiError {
  const { instanceUuid } = call.sandbox.services.identity
  const existingState = call.read.get('VirtualMachine', vm).runtime.powerState
  const refusal = localized(fault('InvalidPowerState', { requestedState: 'poweredOn', existingState }))
  return new VapiError('NOT_ALLOWED_IN_CURRENT_STATE', [
    text === undefined
      ? message(
          `com.vmware.api.vcenter.vm.${id}`,
          "Virtual machine with identifier '{0}' is not powered on.",
          [`${vm}:${instanceUuid}`],
        )
      : message(`com.vmware.api.vcenter.vm.${id}`, text),
    {
      args: [],
      default_message: refusal.localizedMessage ?? '',
      id: 'vmsg.InvalidPowerState.summary',
    },
  ])
}
