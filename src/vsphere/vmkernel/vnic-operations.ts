import { data, patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  HostIpConfig,
  HostNetworkInfo,
  HostVirtualNic,
  HostVirtualNicSpec,
} from '#vim25/generated/types.js'
import { machineOfHost } from '#world/hardware.js'
import { machines } from '#world/machine.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { followAdapter } from '../dvs/connect.js'
import { emit } from '../event/emit.js'
import { connectedHost, networkOf, setNetwork } from './hosts.js'
import { freePort, vnicKey } from './network-info.js'
import { STACK_SERVICE } from './nic-types.js'
import { checkAddressFree, freeDevice, invalid, MOST_VMKS, refused } from './rules.js'
import { selectedFor, selectionsOf, setSelections, withoutDevice, withSelected } from './selections.js'
import {
  type Connection,
  checkNicSpec,
  connectionFor,
  leased,
  requireNoOther,
  stackFor,
  vmkMac,
} from './vnic-spec.js'

export const vnicOperations = operations('HostNetworkSystem', {
  AddVirtualNic(ctx, self, { portgroup, nic }) {
    const host = connectedHost(ctx.tx, self)
    const network = networkOf(ctx.tx, host)
    const connection = connectionFor(ctx, host, network, portgroup, nic)
    if (!nic.ip) throw invalid('nic.ip')
    checkNicSpec(network, nic)
    const stack = stackFor(network, nic)
    requireNoOther(network, connection)
    if (!nic.ip.dhcp) checkAddressFree(network, nic.ip.ipAddress)
    if ((network.vnic?.length ?? 0) >= MOST_VMKS)
      throw refused(`The host has ${MOST_VMKS} VMkernel adapters, which is the most.`)
    const device = freeDevice(network)
    const mac = nic.mac ?? vmkMac(ctx, host, device)
    const vnic = data('HostVirtualNic', {
      device,
      key: vnicKey(device),
      portgroup: connection.portgroup,
      spec: data('HostVirtualNicSpec', {
        ...nic,
        ip: leased(ctx, nic.ip, portgroup, mac),
        mac,
        distributedVirtualPort: connection.distributedVirtualPort,
        portgroup: connection.portgroup,
        mtu: nic.mtu ?? 1500,
        tsoEnabled: nic.tsoEnabled ?? true,
        netStackInstanceKey: stack,
        systemOwned: nic.systemOwned ?? false,
      }),
      port: portOf(network, connection),
    })
    setNetwork(ctx, host, { ...network, vnic: inOrder([...(network.vnic ?? []), vnic]) })
    followAdapter(ctx, host, undefined, vnic)
    const service = STACK_SERVICE[stack]
    if (service) setSelections(ctx, host, withSelected(selectionsOf(ctx.tx, host), service, device, true))
    return device
  },

  UpdateVirtualNic(ctx, self, { device, nic }) {
    const host = connectedHost(ctx.tx, self)
    const network = networkOf(ctx.tx, host)
    updateVnic(ctx, host, requireVnic(network, device), nic)
  },

  RemoveVirtualNic(ctx, self, { device }) {
    const host = connectedHost(ctx.tx, self)
    const network = networkOf(ctx.tx, host)
    const present = requireVnic(network, device)
    const management = selectedFor(ctx.tx, host, 'management')
    if (management.length === 1 && management[0] === device)
      throw refused(`Without ${device}, the host would be disconnected from vCenter Server.`)
    setNetwork(ctx, host, { ...network, vnic: network.vnic?.filter((vnic) => vnic !== present) })
    followAdapter(ctx, host, present, undefined)
    setSelections(ctx, host, withoutDevice(selectionsOf(ctx.tx, host), device))
  },
})

/** By the number in the name, as ESXi lists them. */
function inOrder(vnics: readonly HostVirtualNic[]): readonly HostVirtualNic[] {
  const number = ({ device }: HostVirtualNic) => Number(device.slice('vmk'.length))
  return [...vnics].sort((a, b) => number(a) - number(b))
}

function portOf(network: HostNetworkInfo, { portgroup }: Connection): string | undefined {
  const group = network.portgroup?.find((item) => item.spec.name === portgroup)
  return group && freePort(network, group.spec.vswitchName)
}

function requireVnic(network: HostNetworkInfo, device: string): HostVirtualNic {
  const found = network.vnic?.find((vnic) => vnic.device === device)
  if (!found) throw fault('NotFound', {})
  return found
}

/** Changes what the specification names, and nothing else; faults of UpdateVirtualNic. */
export function updateVnic(
  ctx: Context,
  host: string,
  present: HostVirtualNic,
  nic: HostVirtualNicSpec,
): void {
  const network = networkOf(ctx.tx, host)
  const { device } = present
  checkNicSpec(network, nic, device)
  const stack = nic.netStackInstanceKey
  if (stack !== undefined && stack !== present.spec.netStackInstanceKey)
    throw invalid('nic.netStackInstanceKey')
  const connection = movedTo(ctx, host, network, present, nic)
  const ip = nic.ip ?? present.spec.ip
  if (ip && !ip.dhcp) checkAddressFree(network, ip.ipAddress, device)
  const mac = nic.mac ?? present.spec.mac ?? ''
  const spec = patch(present.spec, {
    ...nic,
    ip: ip && leased(ctx, ip, connection.portgroup, mac, present.spec.ip),
    mac,
    distributedVirtualPort: connection.distributedVirtualPort,
    portgroup: connection.portgroup,
    netStackInstanceKey: present.spec.netStackInstanceKey,
  })
  const moved = connection.portgroup !== present.portgroup
  const changed = patch(present, {
    portgroup: connection.portgroup,
    spec,
    port: moved ? portOf(network, connection) : present.port,
  })
  managementMoves(ctx, host, present, spec.ip)
  setNetwork(ctx, host, {
    ...network,
    vnic: network.vnic?.map((vnic) => (vnic === present ? changed : vnic)),
  })
  followAdapter(ctx, host, present, changed)
}

/** Where the adapter is connected afterwards. InvalidArgument for a port group that is missing or has an adapter. */
function movedTo(
  ctx: Context,
  host: string,
  network: HostNetworkInfo,
  present: HostVirtualNic,
  nic: HostVirtualNicSpec,
): Connection {
  if (!nic.distributedVirtualPort && (nic.portgroup === undefined || nic.portgroup === present.portgroup))
    return { portgroup: present.portgroup, distributedVirtualPort: present.spec.distributedVirtualPort }
  const connection = connectionFor(
    ctx,
    host,
    network,
    nic.distributedVirtualPort ? '' : (nic.portgroup ?? ''),
    nic,
    present.spec.distributedVirtualPort,
  )
  const taken = network.vnic?.some(
    (vnic) => vnic !== present && connection.portgroup !== '' && vnic.portgroup === connection.portgroup,
  )
  if (taken) throw invalid('nic.portgroup')
  return connection
}

/**
 * The management adapter got another address: the installation answers there from now on. A host that vCenter knows by
 * the old address would be lost; ESXi rolls such a change back.
 */
function managementMoves(
  ctx: Context,
  host: string,
  { device, spec }: HostVirtualNic,
  after: HostIpConfig | undefined,
): void {
  const before = spec.ip?.ipAddress
  const ipAddress = after?.ipAddress
  const machine = machineOfHost(ctx.tx, host)
  const esxi = machine === undefined ? undefined : ctx.tx.find(machines, machine)?.esxi
  if (
    !esxi ||
    machine === undefined ||
    before !== esxi.address ||
    ipAddress === undefined ||
    ipAddress === before
  )
    return
  if (!selectedFor(ctx.tx, host, 'management').includes(device)) return
  if (ctx.tx.get('HostSystem', host).name === before)
    throw refused(`vCenter Server knows the host as ${before} and would lose it.`)
  const netmask = after?.subnetMask ?? esxi.netmask
  ctx.tx.set(machines, machine, { esxi: Object.freeze({ ...esxi, address: ipAddress, netmask }) })
  emit(ctx, 'HostIpChangedEvent', { entity: ctx.tx.ref(host), oldIP: before, newIP: ipAddress })
}
