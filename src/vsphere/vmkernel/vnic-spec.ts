import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  HostIpConfig,
  HostNetworkInfo,
  HostVirtualNic,
  HostVirtualNicSpec,
} from '#vim25/generated/types.js'
import { linkLocalAddress } from '#world/address.js'
import { freeAddress, subnetOf } from '#world/subnet.js'
import type { Context } from '../core/context.js'
import { connectAdapter } from '../dvs/connect.js'
import { DEFAULT_STACK } from './nic-types.js'
import { checkIp, checkMtu, invalid, refused } from './rules.js'

/** Where an adapter is connected: a standard port group by name, or a distributed port. */
export type Connection = Pick<HostVirtualNic, 'portgroup'> &
  Pick<HostVirtualNicSpec, 'distributedVirtualPort'>

/**
 * The connection that a client asks for. InvalidArgument for a port group or distributed port that the host does not
 * have, or for both at once. `present`: the distributed port that the adapter has already.
 */
export function connectionFor(
  ctx: Context,
  host: string,
  network: HostNetworkInfo,
  portgroup: string,
  nic: HostVirtualNicSpec,
  present?: HostVirtualNicSpec['distributedVirtualPort'],
): Connection {
  const { distributedVirtualPort: port } = nic
  if (!port) {
    if (!network.portgroup?.some((group) => group.spec.name === portgroup)) throw invalid('portgroup')
    return { portgroup }
  }
  if (portgroup !== '') throw invalid('portgroup')
  return { portgroup: '', distributedVirtualPort: connectAdapter(ctx, host, port, present) }
}

/** Checks what can be wrong with a specification by itself; faults as AddVirtualNic and UpdateVirtualNic declare. */
export function checkNicSpec(network: HostNetworkInfo, nic: HostVirtualNicSpec, except?: string): void {
  checkMtu(nic.mtu, 'nic.mtu')
  if (nic.mac !== undefined) checkMac(network, nic.mac, except)
  if (nic.ip) checkIp(nic.ip, network.ipV6Enabled ?? false, 'nic.ip')
}

function checkMac(network: HostNetworkInfo, mac: string, except: string | undefined): void {
  if (!/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(mac) || Number.parseInt(mac.slice(0, 2), 16) & 1)
    throw invalid('nic.mac')
  const other = network.vnic?.find(
    (vnic) => vnic.device !== except && vnic.spec.mac?.toLowerCase() === mac.toLowerCase(),
  )
  if (other) throw refused(`MAC address ${mac} is already used by ${other.device}.`)
}

/** The TCP/IP stack that the adapter belongs to; InvalidArgument for one that the host does not have. */
export function stackFor(network: HostNetworkInfo, nic: HostVirtualNicSpec): string {
  const key = nic.netStackInstanceKey || DEFAULT_STACK
  if (!network.netStackInstance?.some((stack) => stack.key === key)) throw invalid('nic.netStackInstanceKey')
  return key
}

/** ESXi gives its adapters MAC addresses between 00:50:56:60 and 00:50:56:6f. */
export function vmkMac(ctx: Context, host: string, device: string): string {
  const hex = ctx.services.random.hex('vmk mac', host, device)
  return `00:50:56:6${hex[0]}:${hex.slice(1, 3)}:${hex.slice(3, 5)}`
}

/** The adapter's IP configuration as the host then shows it: a DHCP client shows its lease. */
export function leased(
  ctx: Context,
  ip: HostIpConfig,
  where: string,
  mac: string,
  present?: HostIpConfig,
): HostIpConfig {
  if (!ip.dhcp) return ip
  if (present?.dhcp && present.ipAddress)
    return data('HostIpConfig', { ...ip, ipAddress: present.ipAddress, subnetMask: present.subnetMask })
  return data('HostIpConfig', { ...ip, ...lease(ctx, where, mac) })
}

/** From the subnet behind the network if the world knows one, else link-local, as without a DHCP server. */
function lease(ctx: Context, where: string, mac: string): { ipAddress: string; subnetMask: string } {
  const subnet = subnetOf(ctx.tx, where)
  const ipAddress = subnet && freeAddress(ctx.tx, subnet)
  return ipAddress
    ? { ipAddress, subnetMask: subnet.netmask }
    : { ipAddress: linkLocalAddress(mac), subnetMask: '255.255.0.0' }
}

/** Throws AlreadyExists when another adapter is on the port group. */
export function requireNoOther(network: HostNetworkInfo, connection: Connection, except?: string): void {
  const { portgroup } = connection
  if (portgroup === '') return
  const other = network.vnic?.some((vnic) => vnic.device !== except && vnic.portgroup === portgroup)
  if (other) throw fault('AlreadyExists', { name: portgroup })
}
