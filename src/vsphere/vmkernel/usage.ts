import type { Reader } from '#inventory/reader.js'
import { fault } from '#vim25/fault.js'
import type { HostNetworkInfo } from '#vim25/generated/types.js'
import { validName } from '../managed-entity/entity.js'
import { networkOf } from './hosts.js'

/** Throws ResourceInUse when a vmkernel adapter or a powered-on VM of the host is connected to one of the port groups. */
export function requireGroupsUnused(
  read: Reader,
  host: string,
  groups: readonly string[],
  what: { type: string; name: string },
): void {
  if (groups.some((group) => vnicOn(networkOf(read, host), group) || vmsConnected(read, host, group)))
    throw fault('ResourceInUse', what)
}

/** The vmkernel adapter on a port group; there is at most one. */
export function vnicOn(network: HostNetworkInfo, group: string) {
  return network.vnic?.find((vnic) => vnic.portgroup === group)
}

/** Only running VMs hold ports: a VM that is off keeps no port group from being removed. */
function vmsConnected(read: Reader, host: string, group: string): boolean {
  const name = validName(group)
  return (read.get('HostSystem', host).vm ?? []).some(({ value }) => {
    const vm = read.find('VirtualMachine', value)
    return (
      vm?.runtime.powerState !== 'poweredOff' &&
      vm?.network?.some((ref) => ref.type === 'Network' && read.find('Network', ref.value)?.name === name)
    )
  })
}
