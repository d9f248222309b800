import type { Reader } from '#inventory/reader.js'
import { data, patch } from '#vim25/data.js'
import { fault, type VimFault } from '#vim25/fault.js'
import type {
  DistributedVirtualSwitchPortConnection,
  HostVirtualNic,
  ManagedObjectReference,
  VirtualDevice,
  VirtualEthernetCardDistributedVirtualPortBackingInfo,
  VirtualMachineConfigInfo,
} from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { adapterConnectee, tellOfConnections, tellOfPort } from './events.js'
import { hasPort } from './port-ranges.js'
import {
  addPorts,
  connectionOf,
  freePort,
  isTaken,
  ownerOfPort,
  portSetOf,
  removePort,
  switchesByHost,
  switchesByUuid,
} from './ports.js'

/** The switch with this UUID. */
export const switchWithUuid = (read: Reader, uuid: string): string | undefined =>
  read.lookup(switchesByUuid, uuid)[0]

export const isMember = (read: Reader, dvs: string, host: string): boolean =>
  read.lookup(switchesByHost, host).includes(dvs)

/**
 * Refuses a connection that a card cannot have: no such switch, the host is no member of it, no such port group or port,
 * an uplink, a port that somebody else is on. InvalidArgument, with the property as vCenter names it
 * (`spec.deviceChange.device.port.switchUuid`: vmware/terraform-provider-vsphere issue 1737). `present`: what the card is
 * connected to already.
 */
export function checkConnection(
  read: Reader,
  host: ManagedObjectReference | undefined,
  port: DistributedVirtualSwitchPortConnection,
  where: string,
  present?: DistributedVirtualSwitchPortConnection,
): void {
  const problem = connectionProblem(read, host, port, present)
  if (problem) throw fault('InvalidArgument', { invalidProperty: `${where}.${problem}` })
}

function connectionProblem(
  read: Reader,
  host: ManagedObjectReference | undefined,
  { switchUuid, portgroupKey, portKey }: DistributedVirtualSwitchPortConnection,
  present: DistributedVirtualSwitchPortConnection | undefined,
): 'switchUuid' | 'portgroupKey' | 'portKey' | undefined {
  const dvs = switchWithUuid(read, switchUuid)
  if (dvs === undefined || (host && !isMember(read, dvs, host.value))) return 'switchUuid'
  if (!portgroupKey) {
    const owner = portKey ? ownerOfPort(read, dvs, portKey) : undefined
    if (owner === undefined || read.find('DistributedVirtualPortgroup', owner)?.config.uplink)
      return 'portKey'
  } else {
    const group = read.find('DistributedVirtualPortgroup', portgroupKey)
    if (group?.config.distributedVirtualSwitch?.value !== dvs || group.config.uplink) return 'portgroupKey'
    // Ports of the other types come with the connection, so a key is a remnant of an earlier one.
    if (!portKey || group.config.type !== 'earlyBinding') return undefined
    if (!hasPort(portSetOf(read, portgroupKey).ports, Number(portKey))) return 'portKey'
  }
  const same = present?.switchUuid === switchUuid && present.portKey === portKey
  return portKey && !same && isTaken(read, switchUuid, portKey) ? 'portKey' : undefined
}

const noPortLeft = (read: Reader, group: string): VimFault =>
  // ReconfigVM_Task and its like declare no fault of ports: a runtime fault says what is missing (deviation 88).
  fault(
    'InvalidArgument',
    { invalidProperty: 'spec.deviceChange.device.port.portKey' },
    `No free port is left in the distributed port group '${read.get('DistributedVirtualPortgroup', group).name}'.`,
  )

/**
 * The devices with each card on a distributed port group connected to a port: static binding gives a port for good,
 * the other kinds while the VM runs. A port that another VM is on (the source of a clone) is exchanged for a free one.
 * The same list when nothing changes. Throws InvalidArgument when a fixed group has no port left.
 */
export function connectedDevices(
  ctx: Context,
  devices: readonly VirtualDevice[],
  about: { readonly vm: string | undefined; readonly running: boolean },
): readonly VirtualDevice[] {
  if (!devices.some(connectionOf)) return devices
  const given = new Set<string>()
  const changed = devices.map((device) => {
    const port = connectionOf(device)
    if (!port) return device
    const fresh = connected(ctx, port, about, given)
    if (fresh.portKey) given.add(`${fresh.switchUuid}/${fresh.portKey}`)
    if (fresh === port) return device
    const backing = device.backing as VirtualEthernetCardDistributedVirtualPortBackingInfo
    return patch(device, { backing: patch(backing, { port: fresh }) })
  })
  return changed.every((device, at) => device === devices[at]) ? devices : Object.freeze(changed)
}

/** A configuration with its devices so connected. */
export function connectedConfig(
  ctx: Context,
  config: VirtualMachineConfigInfo,
  about: { readonly vm: string | undefined; readonly running: boolean },
): VirtualMachineConfigInfo {
  const before = config.hardware.device
  const device = before && connectedDevices(ctx, before, about)
  return device === before ? config : patch(config, { hardware: patch(config.hardware, { device }) })
}

function connected(
  ctx: Context,
  port: DistributedVirtualSwitchPortConnection,
  { vm, running }: { readonly vm: string | undefined; readonly running: boolean },
  given: ReadonlySet<string>,
): DistributedVirtualSwitchPortConnection {
  const { tx } = ctx
  const { switchUuid, portKey } = port
  const dvs = switchWithUuid(tx, switchUuid)
  const owner = port.portgroupKey ?? (dvs && portKey && ownerOfPort(tx, dvs, portKey))
  const group = owner === undefined ? undefined : tx.find('DistributedVirtualPortgroup', owner)
  // A port in no group has been asked for by its key.
  if (dvs !== undefined && owner === dvs && portKey && port.connectionCookie === undefined)
    return data('DistributedVirtualSwitchPortConnection', {
      switchUuid,
      portKey,
      connectionCookie: newCookie(ctx),
    })
  if (dvs === undefined || owner === undefined || !group) return port
  const taken = (key: string) => given.has(`${switchUuid}/${key}`)
  const own =
    portKey !== undefined &&
    hasPort(portSetOf(tx, owner).ports, Number(portKey)) &&
    !taken(portKey) &&
    !isTaken(tx, switchUuid, portKey, vm)
  if (own && port.connectionCookie !== undefined && port.portgroupKey) return port
  if (own) return connection(ctx, switchUuid, owner, portKey)
  if (group.config.type !== 'earlyBinding' && !running)
    return data('DistributedVirtualSwitchPortConnection', { switchUuid, portgroupKey: owner })
  const key =
    group.config.type === 'ephemeral' ? String(addPorts(ctx, dvs, owner, 1)) : freePort(ctx, owner, taken)
  if (key === undefined) throw noPortLeft(tx, owner)
  return connection(ctx, switchUuid, owner, key)
}

/** A new association of somebody with a port; its cookie is of this one alone. */
export const connection = (ctx: Context, switchUuid: string, portgroupKey: string, portKey: string) =>
  data('DistributedVirtualSwitchPortConnection', {
    switchUuid,
    portgroupKey,
    portKey,
    connectionCookie: newCookie(ctx),
  })

/** A positive 31-bit number, another for each connection; the multiplier is Knuth's. */
export const newCookie = ({ tx }: Context): number =>
  Math.imul(tx.next('dvPort cookie'), 2_654_435_761) & 0x7fff_ffff

/** After a VM's devices changed: ephemeral ports that it has left are gone; the events of both sides. */
export function followConnections(
  ctx: Context,
  vm: string,
  before: readonly VirtualDevice[],
  after: readonly VirtualDevice[],
): void {
  if (before === after || !(before.some(connectionOf) || after.some(connectionOf))) return
  for (const device of before) {
    const port = connectionOf(device)
    if (
      port?.portKey &&
      !after.some((each) => connectionOf(each)?.connectionCookie === port.connectionCookie)
    )
      dropEphemeral(ctx, port)
  }
  if (!ctx.quiet) tellOfConnections(ctx, vm, before, after)
}

/** An ephemeral port goes with its connection. */
export function dropEphemeral(ctx: Context, port: DistributedVirtualSwitchPortConnection): void {
  const { switchUuid, portgroupKey = '', portKey = '' } = port
  const dvs = switchWithUuid(ctx.tx, switchUuid)
  const group = ctx.tx.find('DistributedVirtualPortgroup', portgroupKey)
  if (dvs !== undefined && group?.config.type === 'ephemeral') removePort(ctx, dvs, portgroupKey, portKey)
}

/** A VM that starts or stops: its cards on ports that come and go with it. */
export function followPower(ctx: Context, vm: string, running: boolean): void {
  const { tx } = ctx
  const { config } = tx.get('VirtualMachine', vm)
  const devices = config?.hardware.device ?? []
  if (!config || !devices.some((device) => isPassing(tx, connectionOf(device)))) return
  const left = running ? devices : devices.map((device) => unplugged(tx, device))
  const after = connectedDevices(ctx, left, { vm, running })
  if (after === devices) return
  tx.set('VirtualMachine', vm, {
    config: patch(config, { hardware: patch(config.hardware, { device: after }) }),
  })
  followConnections(ctx, vm, devices, after)
}

const isPassing = (read: Reader, port: DistributedVirtualSwitchPortConnection | undefined) => {
  const group = port?.portgroupKey && read.find('DistributedVirtualPortgroup', port.portgroupKey)
  return group ? group.config.type !== 'earlyBinding' : false
}

function unplugged(read: Reader, device: VirtualDevice): VirtualDevice {
  const port = connectionOf(device)
  if (!port?.portKey || !isPassing(read, port)) return device
  const backing = device.backing as VirtualEthernetCardDistributedVirtualPortBackingInfo
  return patch(device, {
    backing: patch(backing, { port: patch(port, { portKey: undefined, connectionCookie: undefined }) }),
  })
}

/**
 * What a vmkernel adapter is connected to when it asks for `port`: a port of its own in the group. `present`: what it is
 * connected to already. Throws InvalidArgument as `checkConnection` does.
 */
export function connectAdapter(
  ctx: Context,
  host: string,
  port: DistributedVirtualSwitchPortConnection,
  present?: DistributedVirtualSwitchPortConnection,
): DistributedVirtualSwitchPortConnection {
  const { tx } = ctx
  checkConnection(tx, tx.ref(host), port, 'nic.distributedVirtualPort', present)
  const { switchUuid, portgroupKey, portKey } = port
  const dvs = switchWithUuid(tx, switchUuid) ?? ''
  const group = portgroupKey ?? ownerOfPort(tx, dvs, portKey ?? '') ?? ''
  if (present?.portgroupKey === group && (!portKey || portKey === present.portKey)) return present
  const { type } = tx.get('DistributedVirtualPortgroup', group).config
  if (type === 'ephemeral') return connection(ctx, switchUuid, group, String(addPorts(ctx, dvs, group, 1)))
  const key = portKey ?? freePort(ctx, group)
  if (key === undefined)
    throw fault('InvalidArgument', { invalidProperty: 'nic.distributedVirtualPort.portKey' })
  return connection(ctx, switchUuid, group, key)
}

/** After a vmkernel adapter came, changed or went: an ephemeral port that it has left is gone; the events of both sides. */
export function followAdapter(
  ctx: Context,
  host: string,
  before: HostVirtualNic | undefined,
  after: HostVirtualNic | undefined,
): void {
  const left = before?.spec.distributedVirtualPort
  const come = after?.spec.distributedVirtualPort
  if (left === come) return
  const tell = (
    type: 'DvsPortConnectedEvent' | 'DvsPortDisconnectedEvent',
    port: typeof left,
    device: string,
  ) => {
    if (port?.portKey && !ctx.quiet)
      tellOfPort(ctx, type, port.switchUuid, port.portKey, adapterConnectee(ctx.tx, host, device))
  }
  if (left) dropEphemeral(ctx, left)
  tell('DvsPortDisconnectedEvent', left, before?.device ?? '')
  tell('DvsPortConnectedEvent', come, after?.device ?? '')
}
