import type { Reader } from '#inventory/reader.js'
import { fault } from '#vim25/fault.js'
import { portsIn } from './port-ranges.js'
import {
  connectionKey,
  connectionOf,
  hostsByPort,
  portgroupsBySwitch,
  portSetOf,
  vmsByPort,
} from './ports.js'

/** A port that a VM or a vmkernel adapter is connected to, among all of a switch, of one port group, or of one host. */
export function portInUse(
  read: Reader,
  dvs: string,
  where: { readonly group?: string; readonly host?: string } = {},
): string | undefined {
  const { uuid } = read.get('DistributedVirtualSwitch', dvs)
  if (where.host !== undefined) return portOfHost(read, uuid, where.host)
  const owners = where.group === undefined ? [dvs, ...read.lookup(portgroupsBySwitch, dvs)] : [where.group]
  for (const owner of owners)
    for (const port of portsIn(portSetOf(read, owner).ports)) {
      const at = connectionKey(uuid, String(port))
      if (read.lookup(vmsByPort, at).length > 0 || read.lookup(hostsByPort, at).length > 0)
        return String(port)
    }
  return undefined
}

function portOfHost(read: Reader, uuid: string, host: string): string | undefined {
  const { vm, config } = read.get('HostSystem', host)
  for (const { value } of vm ?? [])
    for (const device of read.find('VirtualMachine', value)?.config?.hardware.device ?? []) {
      const port = connectionOf(device)
      if (port?.switchUuid === uuid) return port.portKey ?? port.portgroupKey ?? ''
    }
  return config?.network?.vnic?.find(({ spec }) => spec.distributedVirtualPort?.switchUuid === uuid)?.spec
    .distributedVirtualPort?.portKey
}

/** Throws ResourceInUse with the port that something is connected to. */
export function requireUnused(
  read: Reader,
  dvs: string,
  where: { readonly group?: string; readonly host?: string } = {},
): void {
  const port = portInUse(read, dvs, where)
  if (port !== undefined) throw fault('ResourceInUse', { type: 'DistributedVirtualPort', name: port })
}

/** VMs with a card on the port group, also one that has no port while it is off. */
export const vmsOnGroup = (read: Reader, group: string): readonly string[] =>
  (read.get('Network', group).vm ?? [])
    .map(({ value }) => value)
    .filter((vm) =>
      read
        .find('VirtualMachine', vm)
        ?.config?.hardware.device?.some((device) => connectionOf(device)?.portgroupKey === group),
    )
