import { data } from '#vim25/data.js'
import type { HostNetCapabilities } from '#vim25/generated/types.js'

/** What ESXi's network system can do; also HostSystem.config.capabilities. */
export const netCapabilities: HostNetCapabilities = data('HostNetCapabilities', {
  canSetPhysicalNicLinkSpeed: true,
  supportsNicTeaming: true,
  nicTeamingPolicy: ['loadbalance_ip', 'loadbalance_srcmac', 'loadbalance_srcid', 'failover_explicit'],
  supportsVlan: true,
  usesServiceConsoleNic: false,
  supportsNetworkHints: true,
  maxPortGroupsPerVswitch: 512,
  vswitchConfigSupported: true,
  vnicConfigSupported: true,
  ipRouteConfigSupported: true,
  dnsConfigSupported: true,
  dhcpOnVnicSupported: true,
  ipV6Supported: true,
  backupNfcNiocSupported: true,
})
