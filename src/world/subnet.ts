import { recordKind } from '#inventory/entity.js'
import { index } from '#inventory/indexes.js'
import type { Reader } from '#inventory/reader.js'
import type { HostSystemProperties, VirtualMachineProperties } from '#vim25/generated/types.js'
import { toNumber, toText } from './address.js'
import { machinesByAddress } from './machine.js'

/** The IP subnet behind a network name, with the addresses that its DHCP gives out. Records `subnet:<network name>`. */
export interface Subnet {
  /** Network name, as port groups show it. */
  readonly network: string
  readonly netmask: string
  readonly gateway: string | undefined
  /** First and last free address. */
  readonly first: string
  readonly last: string
  /** Domain of the names that machines get here (`lab.local`). */
  readonly domain: string | undefined
}

export const subnets = recordKind<Subnet>('subnet')
export const subnetId = (network: string) => `subnet:${network}`

/** VMs by every address that their guest reports. */
export const guestsByAddress = index<VirtualMachineProperties>({
  name: 'guest.address',
  type: 'VirtualMachine',
  inputs: ['guest'],
  keys: ({ guest }) => [
    ...new Set([guest?.ipAddress, ...(guest?.net ?? []).flatMap((nic) => nic.ipAddress ?? [])]),
  ],
})

/** Hosts by the IPv4 addresses of their vmkernel adapters. */
export const hostsByVmkAddress = index<HostSystemProperties>({
  name: 'host.vmkAddress',
  type: 'HostSystem',
  inputs: ['config.network.vnic'],
  keys: ({ config }) => [...new Set((config?.network?.vnic ?? []).map((vnic) => vnic.spec.ip?.ipAddress))],
})

export function subnetOf(read: Reader, network: string): Subnet | undefined {
  return read.find(subnets, subnetId(network))
}

const EVERYBODY = [machinesByAddress, guestsByAddress, hostsByVmkAddress]

/** The lowest address of the subnet's range that nobody has; undefined when all are taken. */
export function freeAddress(read: Reader, subnet: Subnet): string | undefined {
  const last = toNumber(subnet.last)
  for (let at = toNumber(subnet.first); at <= last; at++) {
    const address = toText(at)
    if (EVERYBODY.every((index) => read.lookup(index, address).length === 0)) return address
  }
  return undefined
}
