import { unboxed } from '#vim25/any.js'
import type { OptionValue } from '#vim25/generated/types.js'
import type { ServiceCall } from '../core/call.js'
import { service } from '../core/service.js'
import { requireVm } from './require-vm.js'
import { notPoweredOn } from './state-errors.js'

/** Ways to the console of a running VM, as addresses for the programs that open it; nobody answers there (deviation 55). */
export const consoleTickets = service('com.vmware.vcenter.vm.console.tickets', {
  create(call, { vm, spec: { type } }) {
    const { runtime } = requireVm(call, vm)
    // Recorded for a VM that is off (rest-wire 1.6).
    if (runtime.powerState !== 'poweredOn')
      throw notPoweredOn(
        call,
        vm,
        'console.tickets.not_allowed_in_current_state',
        'Unable to obtain console ticket because the virtual machine is powered off.',
      )
    const web = type === 'WEBMKS'
    const { ticket, url } = call.vim('VirtualMachine', vm, 'AcquireTicket', {
      ticketType: web ? 'webmks' : 'mks',
    })
    return { ticket: web ? (url ?? '') : `vmrc://clone:cst-VCT-${ticket}@${vCenterName(call)}/?moid=${vm}` }
  },
})

/** What vCenter calls itself (VpxSettings). */
function vCenterName(call: ServiceCall): string {
  const settings = (call.property('VpxSettings', 'setting') ?? []) as readonly OptionValue[]
  return String(unboxed(settings.find(({ key }) => key === 'VirtualCenter.FQDN')?.value) ?? 'localhost')
}
