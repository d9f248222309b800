import type {
  ApplianceNetworkingInterfacesInterfaceInfo,
  ApplianceNetworkingInterfacesIpv4Config,
  ApplianceNetworkingInterfacesIpv4Info,
  ApplianceNetworkingInterfacesIpv6Config,
  ApplianceNetworkingInterfacesIpv6Info,
} from '#vapi/generated/types.js'
import type { ServiceCall } from '../core/call.js'
import { service } from '../core/service.js'
import { checkNetwork } from './check.js'
import { invalid, notFound, notNow } from './errors.js'
import { type Appliance, applianceOf, changeAppliance } from './record.js'

/** The appliance has one network adapter. */
export const NIC = 'nic0'

export const interfaces = service('com.vmware.appliance.networking.interfaces', {
  list: (call) => [nicOf(call)],
  get(call, { interface_name }) {
    requireNic(interface_name)
    return nicOf(call)
  },
})

export const ipv4 = service('com.vmware.appliance.networking.interfaces.ipv4', {
  get(call, { interface_name }) {
    requireNic(interface_name)
    return ipv4Info(applianceOf(call))
  },
  set(call, { interface_name, config }) {
    requireNic(interface_name)
    changeAppliance(call, (appliance) => ({ ipv4: ipv4After(appliance, config, '') }))
  },
})

export const ipv6 = service('com.vmware.appliance.networking.interfaces.ipv6', {
  get(call, { interface_name }) {
    requireNic(interface_name)
    return ipv6Info(call, applianceOf(call))
  },
  /** Turns IPv6 on when it is off: what is set holds. */
  set(call, { interface_name, config }) {
    requireNic(interface_name)
    checkIpv6(config, '')
    changeAppliance(call, () => ({ ipv6: config }))
  },
})

function requireNic(name: string): void {
  if (name !== NIC) throw notFound('interface', name)
}

export function nicOf(call: ServiceCall): ApplianceNetworkingInterfacesInterfaceInfo {
  const appliance = applianceOf(call)
  const { ipv6 } = appliance
  return {
    name: NIC,
    status: 'up',
    mac: macOf(call),
    ipv4: ipv4Info(appliance),
    ...(ipv6 && { ipv6: ipv6Info(call, appliance) }),
  }
}

/** In VMware's range for addresses that a vCenter Server gives (00:50:56:80 and up). */
function macOf({ sandbox }: ServiceCall): string {
  const hex = sandbox.services.random.hex('appliance', NIC)
  return `00:50:56:bf:${hex.slice(0, 2)}:${hex.slice(2, 4)}`
}

function ipv4Info({ ipv4 }: Appliance): ApplianceNetworkingInterfacesIpv4Info {
  const { mode, address, prefix, default_gateway = '' } = ipv4
  if (mode === 'UNCONFIGURED' || address === undefined || prefix === undefined)
    return { configurable: true, mode: 'UNCONFIGURED' }
  return { configurable: true, mode, address, prefix, default_gateway }
}

/**
 * What a change of IPv4 makes of the present configuration. DHCP gives the address that the appliance has. Throws
 * INVALID_ARGUMENT, and NOT_ALLOWED_IN_CURRENT_STATE where the appliance would have no address left.
 */
export function ipv4After(
  { ipv4, ipv6 }: Appliance,
  config: ApplianceNetworkingInterfacesIpv4Config,
  path: string,
): ApplianceNetworkingInterfacesIpv4Config {
  const { mode, address, prefix, default_gateway } = config
  if (mode === 'UNCONFIGURED') {
    if (!ipv6) throw notNow('networking.ipv4.only', 'IPv6 is off: without IPv4 {0} has no address.', [NIC])
    return { mode }
  }
  if (mode === 'DHCP') {
    if (ipv4.address === undefined)
      throw notNow('networking.dhcp.no_lease', 'No DHCP server answers {0}.', [NIC])
    return { ...ipv4, mode }
  }
  if (address === undefined || prefix === undefined)
    throw invalid(`${path}address`, 'A static configuration has an address and a prefix.')
  checkNetwork(path, address, prefix, 4)
  const gateway = default_gateway ?? ipv4.default_gateway
  if (gateway) checkNetwork(`${path}default_gateway: `, gateway, prefix, 4)
  return { mode, address, prefix, ...(gateway && { default_gateway: gateway }) }
}

export function checkIpv6(
  { addresses, default_gateway }: ApplianceNetworkingInterfacesIpv6Config,
  path: string,
): void {
  for (const [at, { address, prefix }] of addresses.entries())
    checkNetwork(`${path}addresses[${at}].`, address, prefix, 6)
  if (default_gateway !== '') checkNetwork(`${path}default_gateway: `, default_gateway, 0, 6)
}

/** The addresses that were set, and the link's own. */
function ipv6Info(call: ServiceCall, { ipv6 }: Appliance): ApplianceNetworkingInterfacesIpv6Info {
  if (!ipv6) return { dhcp: false, autoconf: false, addresses: [], default_gateway: '', configurable: true }
  const set = ipv6.addresses.map(({ address, prefix }) => ({
    origin: 'MANUAL' as const,
    status: 'PREFERRED' as const,
    address,
    prefix,
  }))
  const [, , , , fifth = '00', sixth = '00'] = macOf(call).split(':')
  const link = {
    origin: 'LINKLAYER' as const,
    status: 'PREFERRED' as const,
    address: `fe80::250:56ff:febf:${fifth}${sixth}`,
    prefix: 64,
  }
  return {
    dhcp: ipv6.dhcp,
    autoconf: ipv6.autoconf,
    addresses: [...set, link],
    default_gateway: ipv6.default_gateway,
    configurable: true,
  }
}
