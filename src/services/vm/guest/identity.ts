import type { VcenterVmGuestOSFamily } from '#vapi/generated/types.js'
import { service } from '../../core/service.js'
import { guestOsOf } from '../guest-os.js'
import { noInformation, requireGuest } from './tools-state.js'

/** GuestInfo.guestFamily. */
const FAMILIES: Readonly<Record<string, VcenterVmGuestOSFamily>> = {
  windowsGuest: 'WINDOWS',
  linuxGuest: 'LINUX',
  netwareGuest: 'NETWARE',
  solarisGuest: 'SOLARIS',
  darwinGuestFamily: 'DARWIN',
  otherGuestFamily: 'OTHER',
}

export const guestIdentity = service('com.vmware.vcenter.vm.guest.identity', {
  get(call, { vm }) {
    const { guest, config } = requireGuest(call, vm)
    const { hostName, ipAddress, guestFamily = 'otherGuestFamily' } = guest
    if (hostName === undefined) throw noInformation(call, vm)
    const guestId = guest.guestId ?? config.guestId
    return {
      name: guestOsOf(guestId),
      family: FAMILIES[guestFamily] ?? 'OTHER',
      full_name: {
        args: [],
        default_message: guest.guestFullName ?? config.guestFullName,
        id: `vmsg.guestos.${guestId}.label`,
      },
      host_name: hostName,
      ...(ipAddress !== undefined && { ip_address: ipAddress }),
    }
  },
})
