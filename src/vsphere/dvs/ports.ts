import { recordKind } from '#inventory/entity.js'
import { index } from '#inventory/indexes.js'
import type { Reader } from '#inventory/reader.js'
import type {
  DistributedVirtualSwitchPortConnection,
  DVPortSetting,
  DVSConfigInfo,
  HostSystemProperties,
  ManagedObjectReference,
  VirtualDevice,
  VirtualEthernetCardDistributedVirtualPortBackingInfo,
  VirtualMachineProperties,
} from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import {
  hasPort,
  noPorts,
  type PortRanges,
  portAt,
  portCount,
  withoutPort,
  withPorts,
} from './port-ranges.js'

/** The ports of a port group, or those of a switch that are in none; record `dvPorts:<moid>`. */
export interface PortSet {
  readonly ports: PortRanges
  /** Position after the port that was given out last: where to look for a free one in a large group. */
  readonly next: number
}

export const portSets = recordKind<PortSet>('dvPorts')

/** What is set for one port alone; record `dvPort:<moid of the switch>/<key>`, none for a port like its group. */
export interface OwnPort {
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly scope?: readonly ManagedObjectReference[] | undefined
  readonly setting?: DVPortSetting | undefined
  readonly configVersion: number
}

export const ownPorts = recordKind<OwnPort>('dvPort')

export const portSetId = (owner: string) => `dvPorts:${owner}`
export const ownPortId = (dvs: string, key: string) => `dvPort:${dvs}/${key}`

const nothing: PortSet = Object.freeze({ ports: noPorts, next: 0 })

/** The ports of a port group or, by the switch's moid, those in no port group. */
export const portSetOf = (read: Reader, owner: string): PortSet =>
  read.find(portSets, portSetId(owner)) ?? nothing

export function setPorts(ctx: Context, owner: string, ports: PortRanges): void {
  putSet(ctx, owner, { ports, next: portSetOf(ctx.tx, owner).next })
}

function putSet({ tx }: Context, owner: string, set: PortSet): void {
  const id = portSetId(owner)
  if (tx.entity(id)) tx.set(portSets, id, set)
  else tx.create(portSets, id, set)
}

/** `count` new ports of a switch in one of its port groups (or in none: the switch itself); the first one's number. */
export function addPorts(ctx: Context, dvs: string, owner: string, count: number): number {
  const counter = `dvports ${dvs}`
  const first = ctx.tx.counter(counter)
  for (let at = 0; at < count; at++) ctx.tx.next(counter)
  setPorts(ctx, owner, withPorts(portSetOf(ctx.tx, owner).ports, first, count))
  return first
}

/** Removes a port with what is set for it alone. */
export function removePort(ctx: Context, dvs: string, owner: string, key: string): void {
  setPorts(ctx, owner, withoutPort(portSetOf(ctx.tx, owner).ports, Number(key)))
  const own = ownPortId(dvs, key)
  if (ctx.tx.entity(own)) ctx.tx.remove(own)
}

/** The moid of the port group that has a port, of the switch for one in no group, or undefined. */
export function ownerOfPort(read: Reader, dvs: string, key: string): string | undefined {
  if (!/^\d+$/.test(key)) return undefined
  return [dvs, ...read.lookup(portgroupsBySwitch, dvs)].find((owner) =>
    hasPort(portSetOf(read, owner).ports, Number(key)),
  )
}

export const connectionKey = (uuid: string, key: string) => `${uuid}/${key}`

const keyOf = (port: DistributedVirtualSwitchPortConnection | undefined) =>
  port?.portKey && connectionKey(port.switchUuid, port.portKey)

/** The distributed port that a card of a VM is connected to. */
export function connectionOf({ backing }: VirtualDevice): DistributedVirtualSwitchPortConnection | undefined {
  return backing?._typeName === 'VirtualEthernetCardDistributedVirtualPortBackingInfo'
    ? (backing as VirtualEthernetCardDistributedVirtualPortBackingInfo).port
    : undefined
}

const none: readonly undefined[] = Object.freeze([])

/** VMs by the ports that their cards are connected to. */
export const vmsByPort = index<VirtualMachineProperties>({
  name: 'vm.dvPort',
  type: 'VirtualMachine',
  inputs: ['config.hardware.device'],
  keys: ({ config }) => {
    const devices = config?.hardware.device
    return devices?.some(connectionOf) ? devices.map((device) => keyOf(connectionOf(device))) : none
  },
})

/** Hosts by the ports that their vmkernel adapters are connected to. */
export const hostsByPort = index<HostSystemProperties>({
  name: 'host.dvPort',
  type: 'HostSystem',
  inputs: ['config.network.vnic'],
  keys: ({ config }) => (config?.network?.vnic ?? []).map(({ spec }) => keyOf(spec.distributedVirtualPort)),
})

/** Port groups by their switch, oldest first. */
export const portgroupsBySwitch = index<{
  config?: { distributedVirtualSwitch?: ManagedObjectReference | undefined }
}>({
  name: 'dvportgroup.switch',
  type: 'DistributedVirtualPortgroup',
  inputs: ['config.distributedVirtualSwitch'],
  keys: ({ config }) => [config?.distributedVirtualSwitch?.value],
})

/** Switches by UUID. */
export const switchesByUuid = index<{ uuid: string }>({
  name: 'dvs.uuid',
  type: 'DistributedVirtualSwitch',
  inputs: ['uuid'],
  keys: ({ uuid }) => [uuid],
})

/** Switches by their member hosts. */
export const switchesByHost = index<{ config?: DVSConfigInfo }>({
  name: 'dvs.host',
  type: 'DistributedVirtualSwitch',
  inputs: ['config.host'],
  keys: ({ config }) => (config?.host ?? []).map((member) => member.config.host?.value),
})

/** True when something other than the VM `except` is connected to the port; uplinks are looked after by members.ts. */
export function isTaken(read: Reader, uuid: string, key: string, except?: string): boolean {
  const at = connectionKey(uuid, key)
  return read.lookup(vmsByPort, at).some((id) => id !== except) || read.lookup(hostsByPort, at).length > 0
}

/** Ports that an elastic port group grows by when all are taken (Networking guide 8.0, static binding). */
export const GROWTH = 8

/** Up to so many ports the lowest free one is looked for; in a larger group the search goes on where it stopped. */
const SMALL = 64
const WINDOW = 16

/**
 * A free port of a port group with static binding; `taken` tells of ports that others in the same change have got.
 * An elastic group grows; undefined when a fixed one has none left.
 */
export function freePort(
  ctx: Context,
  group: string,
  taken: (key: string) => boolean = () => false,
): string | undefined {
  const { tx } = ctx
  const { config } = tx.get('DistributedVirtualPortgroup', group)
  const dvs = config.distributedVirtualSwitch?.value ?? ''
  const { uuid } = tx.get('DistributedVirtualSwitch', dvs)
  const { ports, next } = portSetOf(tx, group)
  const size = portCount(ports)
  const isFree = (key: string) => !isTaken(tx, uuid, key) && !taken(key)
  const start = size <= SMALL ? 0 : next
  const looks = size <= SMALL || !config.autoExpand ? size : WINDOW
  for (let step = 0; step < looks; step++) {
    const at = (start + step) % size
    const key = String(portAt(ports, at))
    if (!isFree(key)) continue
    if (size > SMALL) putSet(ctx, group, { ports, next: at + 1 })
    return key
  }
  if (!config.autoExpand) return undefined
  const first = addPorts(ctx, dvs, group, GROWTH)
  putSet(ctx, group, { ports: portSetOf(tx, group).ports, next: size + 1 })
  return String(first)
}
