import { service } from '../core/service.js'
import { hostName } from './host-name.js'
import { NIC, nicOf } from './interfaces.js'
import { startChange } from './networking-change.js'
import { applianceOf, changeAppliance } from './record.js'

export const networking = service('com.vmware.appliance.networking', {
  get(call) {
    const { dnsMode, dnsServers } = applianceOf(call)
    return {
      dns: {
        mode: dnsMode === 'dhcp' ? 'DHCP' : 'STATIC',
        hostname: hostName(call.read),
        servers: dnsServers,
      },
      interfaces: { [NIC]: nicOf(call) },
    }
  },
  /** IPv6 comes without addresses of its own, and goes with those that it has. */
  update(call, { spec: { ipv6_enabled } }) {
    if (ipv6_enabled === undefined) return
    changeAppliance(call, ({ ipv6 }) => ({
      ipv6: ipv6_enabled
        ? (ipv6 ?? { dhcp: false, autoconf: false, addresses: [], default_gateway: '' })
        : undefined,
    }))
  },
  /** Applies the configuration anew; it is the same afterwards, and so is the lease. */
  reset: () => undefined,
  change$task: (call, { spec }) => startChange(call, spec),
})
