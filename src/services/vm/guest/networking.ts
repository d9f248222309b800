import type {
  VcenterVmGuestDhcpConfigInfo,
  VcenterVmGuestDnsAssignedValues,
  VcenterVmGuestDnsConfigInfo,
  VcenterVmGuestNetworkingInterfacesInfo,
  VcenterVmGuestNetworkingInterfacesIpAddressInfo,
  VcenterVmGuestNetworkingInterfacesIpAddressOrigin,
  VcenterVmGuestNetworkingInterfacesIpAddressStatus,
  VcenterVmGuestNetworkingRoutesInfo,
} from '#vapi/generated/types.js'
import type {
  GuestNicInfo,
  NetDhcpConfigInfo,
  NetDnsConfigInfo,
  NetIpConfigInfoIpAddress,
  NetIpRouteConfigInfoIpRoute,
} from '#vim25/generated/types.js'
import { service } from '../../core/service.js'
import { noInformation, requireGuest } from './tools-state.js'

export const guestNetworking = service('com.vmware.vcenter.vm.guest.networking', {
  get(call, { vm }) {
    const { hostName, ipStack } = requireGuest(call, vm).guest
    const dns = ipStack?.find(({ dnsConfig }) => dnsConfig)?.dnsConfig
    if (dns) return { dns_values: dnsValues(dns), dns: dnsServers(dns) }
    if (hostName === undefined) throw noInformation(call, vm)
    return { dns_values: splitName(hostName) }
  },
})

export const guestInterfaces = service('com.vmware.vcenter.vm.guest.networking.interfaces', {
  list: (call, { vm }) => (requireGuest(call, vm).guest.net ?? []).map(interfaceOf),
})

export const guestRoutes = service('com.vmware.vcenter.vm.guest.networking.routes', {
  list: (call, { vm }) =>
    (requireGuest(call, vm).guest.ipStack ?? []).flatMap(({ ipRouteConfig }) =>
      (ipRouteConfig?.ipRoute ?? []).map(routeOf),
    ),
})

/** `web.lab.local` is `web` in `lab.local`. */
function splitName(hostName: string): VcenterVmGuestDnsAssignedValues {
  const dot = hostName.indexOf('.')
  return dot < 0
    ? { host_name: hostName, domain_name: '' }
    : { host_name: hostName.slice(0, dot), domain_name: hostName.slice(dot + 1) }
}

const dnsValues = ({ hostName, domainName }: NetDnsConfigInfo): VcenterVmGuestDnsAssignedValues => ({
  host_name: hostName,
  domain_name: domainName,
})

const dnsServers = ({ ipAddress, searchDomain }: NetDnsConfigInfo): VcenterVmGuestDnsConfigInfo => ({
  ip_addresses: ipAddress ?? [],
  search_domains: searchDomain ?? [],
})

/** A network card as the guest tells of it; `nic` is unset for one that the VM does not have. */
function interfaceOf(nic: GuestNicInfo): VcenterVmGuestNetworkingInterfacesInfo {
  const { macAddress, deviceConfigId, dnsConfig, ipConfig } = nic
  return {
    ...(dnsConfig && { dns_values: dnsValues(dnsConfig), dns: dnsServers(dnsConfig) }),
    ...(macAddress !== undefined && { mac_address: macAddress }),
    ...(ipConfig && {
      ip: {
        ip_addresses: (ipConfig.ipAddress ?? []).map(addressOf),
        ...(ipConfig.dhcp && { dhcp: dhcpOf(ipConfig.dhcp) }),
      },
    }),
    ...(deviceConfigId >= 0 && { nic: String(deviceConfigId) }),
  }
}

/** Both enumerations have the names of vim25's in capitals. */
function addressOf(address: NetIpConfigInfoIpAddress): VcenterVmGuestNetworkingInterfacesIpAddressInfo {
  const { ipAddress, prefixLength, origin, state = 'unknown' } = address
  return {
    ip_address: ipAddress,
    prefix_length: prefixLength,
    ...(origin !== undefined && {
      origin: origin.toUpperCase() as VcenterVmGuestNetworkingInterfacesIpAddressOrigin,
    }),
    state: state.toUpperCase() as VcenterVmGuestNetworkingInterfacesIpAddressStatus,
  }
}

const dhcpOf = ({ ipv4, ipv6 }: NetDhcpConfigInfo): VcenterVmGuestDhcpConfigInfo => ({
  ipv4_enabled: ipv4?.enable ?? false,
  ipv6_enabled: ipv6?.enable ?? false,
})

function routeOf({
  network,
  prefixLength,
  gateway,
}: NetIpRouteConfigInfoIpRoute): VcenterVmGuestNetworkingRoutesInfo {
  const { ipAddress, device } = gateway
  return {
    network,
    prefix_length: prefixLength,
    ...(ipAddress !== undefined && { gateway_address: ipAddress }),
    ...(device !== undefined && { interface_index: Number(device) }),
  }
}
