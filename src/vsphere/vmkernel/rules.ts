import { fault, type VimFault } from '#vim25/fault.js'
import type { HostIpConfig, HostNetworkInfo } from '#vim25/generated/types.js'

/** Largest VLAN id: 0 none, 1-4094 one, 4095 all (trunk to the guest). */
export const HIGHEST_VLAN = 4095

/** Bounds of the MTU of a switch and of a vmkernel adapter, bytes. */
const MTU = { least: 1280, most: 9000 }

/** vSphere configuration maximums. */
export const MOST_VMKS = 256
export const MOST_PORT_GROUPS = 512
const LONGEST_SWITCH_NAME = 31
const LONGEST_PORT_GROUP_NAME = 80

export const invalid = (invalidProperty: string) => fault('InvalidArgument', { invalidProperty })

/** What ESXi raises when the platform refuses a configuration: a HostConfigFault with the reason. */
export const refused = (text: string): VimFault => fault('PlatformConfigFault', { text })

export function checkVlan(vlanId: number, property: string): void {
  if (!Number.isInteger(vlanId) || vlanId < 0 || vlanId > HIGHEST_VLAN) throw invalid(property)
}

export function checkMtu(mtu: number | undefined, property: string): void {
  if (mtu !== undefined && (mtu < MTU.least || mtu > MTU.most)) throw invalid(property)
}

export function checkSwitchName(name: string, property: string): void {
  if (name.trim() === '' || name.length > LONGEST_SWITCH_NAME || /[\s/\\]/.test(name)) throw invalid(property)
}

export function checkPortGroupName(name: string, property: string): void {
  if (name.trim() === '' || name.length > LONGEST_PORT_GROUP_NAME) throw invalid(property)
}

/** The four bytes of an IPv4 address; undefined for anything else. */
function bytesOf(address: string): readonly number[] | undefined {
  const bytes = address.split('.')
  if (bytes.length !== 4 || !bytes.every((byte) => /^(0|[1-9]\d{0,2})$/.test(byte))) return undefined
  const numbers = bytes.map(Number)
  return numbers.every((byte) => byte <= 255) ? numbers : undefined
}

/** An address that an adapter can have: IPv4, not in 0/8, loopback, multicast or above. */
export function isHostAddress(address: string): boolean {
  const [first] = bytesOf(address) ?? []
  return first !== undefined && first !== 0 && first !== 127 && first < 224
}

/** A netmask: ones, then zeros, at least one of each. */
export function isNetmask(mask: string): boolean {
  const bits = bytesOf(mask)
    ?.map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
  return bits !== undefined && /^1+0+$/.test(bits)
}

/**
 * Checks an adapter's IP configuration: InvalidState for IPv6 on a host without it, InvalidArgument for a bad address or
 * netmask.
 */
export function checkIp(ip: HostIpConfig, ipV6Enabled: boolean, property: string): void {
  if (!ipV6Enabled && usesIpV6(ip)) throw fault('InvalidState', {})
  if (ip.dhcp) return
  if (!isHostAddress(ip.ipAddress ?? '')) throw invalid(`${property}.ipAddress`)
  if (!isNetmask(ip.subnetMask ?? '')) throw invalid(`${property}.subnetMask`)
}

export function usesIpV6({ ipV6Config: six }: HostIpConfig): boolean {
  return !!(six?.ipV6Address?.length || six?.autoConfigurationEnabled || six?.dhcpV6Enabled)
}

/** ESXi refuses an address that another of its adapters has. */
export function checkAddressFree(
  network: HostNetworkInfo,
  address: string | undefined,
  except?: string,
): void {
  const other = network.vnic?.find((vnic) => vnic.device !== except && vnic.spec.ip?.ipAddress === address)
  if (address !== undefined && other)
    throw refused(`IP address ${address} is already used by ${other.device}.`)
}

/** The lowest `vmk` number that is not in use. */
export function freeDevice(network: HostNetworkInfo): string {
  const taken = new Set((network.vnic ?? []).map((vnic) => vnic.device))
  let number = 0
  while (taken.has(`vmk${number}`)) number++
  return `vmk${number}`
}
