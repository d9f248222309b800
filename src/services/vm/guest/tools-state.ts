import { message, VapiError } from '#vapi/error.js'
import type { GuestInfo, VirtualMachineConfigInfo } from '#vim25/generated/types.js'
import { atLeast } from '#vsphere/core/identity.js'
import type { ServiceCall } from '../../core/call.js'
import { requireVm } from '../require-vm.js'

export interface Guest {
  readonly guest: GuestInfo
  readonly config: VirtualMachineConfigInfo
}

/** The guest as its tools report it. Throws NOT_FOUND, and SERVICE_UNAVAILABLE while they do not run. */
export function requireGuest(call: ServiceCall, vm: string): Guest {
  const { guest, config } = requireVm(call, vm)
  if (!guest || !config || guest.toolsRunningStatus === 'guestToolsNotRunning')
    throw toolsNotRunning(call, vm)
  return { guest, config }
}

/** Recorded from vCenter 8.0 and 7.0 (rest-wire 1.6), which say it a little differently. */
export function toolsNotRunning(call: ServiceCall, vm: string): VapiError {
  const { identity } = call.sandbox.services
  const noun = atLeast(identity, '8.0') ? 'the virtual machine' : 'Virtual machine'
  return unavailable(
    call,
    vm,
    'tools_not_running',
    `VMware Tools are not running in ${noun} with identifier '{0}'.`,
  )
}

/** Recorded from vCenter 7.0 (rest-wire 1.6): the tools run, but tell nothing of what is asked for. */
export function noInformation(call: ServiceCall, vm: string): VapiError {
  return unavailable(
    call,
    vm,
    'information_not_available',
    "VMware Tools in the virtual machine with identifier '{0}' provided no information.",
  )
}

function unavailable(call: ServiceCall, vm: string, id: string, text: string): VapiError {
  const { instanceUuid } = call.sandbox.services.identity
  return new VapiError('SERVICE_UNAVAILABLE', [
    message(`com.vmware.api.vcenter.vm.guest.${id}`, text, [`${vm}:${instanceUuid}`]),
  ])
}
