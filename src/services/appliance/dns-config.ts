import type { ApplianceNetworkingDnsServersDNSServerConfig } from '#vapi/generated/types.js'
import { checkAddresses } from './check.js'
import { invalid } from './errors.js'
import type { Appliance } from './record.js'

/** What a choice of DNS servers makes of the present one. DHCP names the servers itself: the gateway, as in a new world. */
export function dnsAfter(
  { dnsServers, ipv4: { default_gateway } }: Appliance,
  { mode, servers }: ApplianceNetworkingDnsServersDNSServerConfig,
  path: string,
): Pick<Appliance, 'dnsMode' | 'dnsServers'> {
  checkAddresses(`${path}servers`, servers)
  if (mode === 'dhcp') return { dnsMode: mode, dnsServers: default_gateway ? [default_gateway] : dnsServers }
  if (servers.length === 0) throw invalid(`${path}servers`, 'There is no server.')
  return { dnsMode: mode, dnsServers: servers }
}
