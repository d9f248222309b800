import { moRef, recordKind } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import { data, patch } from '#vim25/data.js'
import type {
  HostNetworkInfo,
  HostNicTeamingPolicy,
  HostVirtualNicManagerInfo,
  ManagedObjectReference,
} from '#vim25/generated/types.js'
import { hardwareOf, machineOfHost } from '#world/hardware.js'
import { type Hardware, type Installation, machines } from '#world/machine.js'
import { hostsByVmkAddress } from '#world/subnet.js'
import type { Context } from '../core/context.js'
import { leaveNetworks, syncNetworks } from '../network/networks.js'
import { netCapabilities } from './capabilities.js'
import {
  freePort,
  freshSwitchSpec,
  newPortGroup,
  newSwitch,
  portGroupSpec,
  settled,
  uplinksOf,
  vnicKey,
} from './network-info.js'
import { DEFAULT_STACK } from './nic-types.js'
import { physicalNic } from './pnics.js'
import { activeUplinks, offloadCapabilities } from './policy.js'
import { FRESH_SELECTIONS, type Selections, selectionsId, selectionsOf, setSelections } from './selections.js'

export { isSelected, networkOptions, selectedFor, selectionsOf, vnicSelections } from './selections.js'

/** The network of a fresh installation: vSwitch0 on the first pNIC with the management adapter and `VM Network`. */
export function initialNetwork(hardware: Hardware, installation: Installation): HostNetworkInfo {
  const pnic = hardware.nics.map(physicalNic)
  const uplinks = pnic.slice(0, 1).map((nic) => nic.device)
  const vswitch = [newSwitch('vSwitch0', freshSwitchSpec(uplinks))]
  const names = dns(installation)
  const network = data('HostNetworkInfo', {
    vswitch,
    portgroup: FRESH_PORT_GROUPS,
    pnic,
    dnsConfig: names,
    ipRouteConfig: data('HostIpRouteConfig', { defaultGateway: installation.gateway }),
    ipV6Enabled: false,
    atBootIpV6Enabled: false,
    netStackInstance: [...SERVICE_STACKS, stack(DEFAULT_STACK, installation)],
  })
  const vmk0 = data('HostVirtualNic', {
    device: 'vmk0',
    key: vnicKey('vmk0'),
    portgroup: 'Management Network',
    spec: data('HostVirtualNicSpec', {
      ip: data('HostIpConfig', {
        dhcp: false,
        ipAddress: installation.address,
        subnetMask: installation.netmask,
      }),
      mac: hardware.nics[0]?.mac,
      portgroup: 'Management Network',
      mtu: 1500,
      tsoEnabled: true,
      netStackInstanceKey: DEFAULT_STACK,
      systemOwned: false,
    }),
    port: freePort(network, 'vSwitch0'),
  })
  return settled(patch(network, { vnic: [vmk0] }))
}

function dns({ hostName }: Installation) {
  const [name = hostName, ...domain] = hostName.split('.')
  const domainName = domain.join('.')
  return data('HostDnsConfig', {
    dhcp: false,
    hostName: name,
    domainName,
    searchDomain: domainName ? [domainName] : [],
  })
}

function stack(key: string, installation?: Installation) {
  return data('HostNetStackInstance', {
    key,
    name: installation ? key : undefined,
    dnsConfig: installation
      ? dns(installation)
      : data('HostDnsConfig', { dhcp: false, hostName: '', domainName: '' }),
    ipRouteConfig: data('HostIpRouteConfig', { defaultGateway: installation?.gateway }),
    requestedMaxNumberOfConnections: 11_000,
    congestionControlAlgorithm: 'newreno',
    ipV6Enabled: true,
  })
}

const SERVICE_STACKS = [stack('vSphereProvisioning'), stack('vmotion')]

const FRESH_PORT_GROUPS = ['VM Network', 'Management Network'].map((name) =>
  newPortGroup(portGroupSpec(name, 'vSwitch0')),
)

/** What an installation keeps of its network while no vCenter manages it; record `installedNetwork:<machine>`. */
interface InstalledNetwork {
  /** Installation.uuid: another installation on the machine starts afresh. */
  readonly installation: string
  readonly network: HostNetworkInfo
  readonly selected: Selections
}

const installedNetworks = recordKind<InstalledNetwork>('installedNetwork')
const installedId = (machine: string) => `installedNetwork:${machine}`

/**
 * The network of the ESXi on a machine as it is now: what an earlier membership left, else a fresh one. For
 * HostSystem.config.network of a host that joins.
 */
export function networkOfMachine(read: Reader, machine: string): HostNetworkInfo {
  const { esxi } = read.get(machines, machine)
  if (!esxi) throw new Error(`${machine} has no ESXi.`)
  const hardware = hardwareOf(read, machine)
  const kept = read.find(installedNetworks, installedId(machine))
  return kept?.installation === esxi.uuid
    ? withPhysicalNics(kept.network, hardware)
    : initialNetwork(hardware, esxi)
}

/**
 * After a host object with its `config.network` (of `networkOfMachine`) and its link to the machine have been made:
 * selections and Network objects. Must run inside a datacenter.
 */
export function joinNetworking(ctx: Context, host: string): void {
  const machine = machineOfHost(ctx.tx, host)
  const esxi = machine === undefined ? undefined : ctx.tx.find(machines, machine)?.esxi
  const kept = machine === undefined ? undefined : ctx.tx.find(installedNetworks, installedId(machine))
  const known = kept !== undefined && kept.installation === esxi?.uuid
  setSelections(ctx, host, known ? kept.selected : FRESH_SELECTIONS)
  syncNetworks(ctx, host)
}

/** Before a host object goes: its network stays with the installation, the Networks that only it had go. */
export function leaveNetworking(ctx: Context, host: string): void {
  const { tx } = ctx
  const machine = machineOfHost(tx, host)
  const esxi = machine === undefined ? undefined : tx.find(machines, machine)?.esxi
  const network = tx.get('HostSystem', host).config?.network
  if (machine !== undefined && esxi && network) {
    const kept = {
      installation: esxi.uuid,
      network: patch(network, { proxySwitch: undefined }),
      selected: selectionsOf(tx, host),
    }
    const id = installedId(machine)
    if (tx.find(installedNetworks, id)) tx.set(installedNetworks, id, kept)
    else tx.create(installedNetworks, id, kept)
  }
  if (tx.entity(selectionsId(host))) tx.remove(selectionsId(host))
  leaveNetworks(ctx, host)
}

/** Pure: the network on changed hardware: NICs that came or went, links that changed. */
export function withPhysicalNics(network: HostNetworkInfo, hardware: Hardware): HostNetworkInfo {
  return patch(network, { pnic: hardware.nics.map(physicalNic) })
}

const noInfo: HostVirtualNicManagerInfo = data('HostVirtualNicManagerInfo', {})
const none = Object.freeze([])

/** The three networking managers of the host `host-<number>`; what they show is derived from the host. */
export function createNetworkManagers(
  ctx: Context,
  number: number,
): Readonly<Record<'networkSystem' | 'virtualNicManager' | 'vmotionSystem', ManagedObjectReference>> {
  const extensible = { value: none, availableField: none }
  return {
    networkSystem: ctx.tx.create('HostNetworkSystem', `networkSystem-${number}`, {
      ...extensible,
      capabilities: netCapabilities,
      offloadCapabilities,
    }),
    virtualNicManager: ctx.tx.create('HostVirtualNicManager', `virtualNicManager-${number}`, {
      ...extensible,
      info: noInfo,
    }),
    vmotionSystem: ctx.tx.create('HostVMotionSystem', `vmotionSystem-${number}`, extensible),
  }
}

/** Removes them again. */
export function removeNetworkManagers(ctx: Context, number: number): void {
  for (const name of ['networkSystem', 'virtualNicManager', 'vmotionSystem'])
    if (ctx.tx.entity(`${name}-${number}`)) ctx.tx.remove(`${name}-${number}`)
}

/**
 * Mb/s that a vmkernel adapter has behind it: the fastest of the active uplinks with a link of its switch (fact sheet G.4).
 * Undefined: no such adapter, or no link.
 */
export function linkSpeedBehind(read: Reader, host: string, vmkDevice: string): number | undefined {
  const network = read.find('HostSystem', host)?.config?.network
  const vnic = network?.vnic?.find((nic) => nic.device === vmkDevice)
  if (!network || !vnic) return undefined
  const speeds = uplinksBehind(network, vnic)
    .map((device) => network.pnic?.find((pnic) => pnic.device === device)?.linkSpeed?.speedMb)
    .filter((speed) => speed !== undefined)
  return speeds.length > 0 ? Math.max(...speeds) : undefined
}

function uplinksBehind(
  network: HostNetworkInfo,
  vnic: NonNullable<HostNetworkInfo['vnic']>[number],
): readonly string[] {
  const port = vnic.spec.distributedVirtualPort
  if (port) {
    const proxy = network.proxySwitch?.find((item) => item.dvsUuid === port.switchUuid)
    return (proxy?.pnic ?? []).map((key) => key.replace(/^key-vim\.host\.PhysicalNic-/, ''))
  }
  const group = network.portgroup?.find((item) => item.spec.name === vnic.portgroup)
  const vswitch = network.vswitch?.find((item) => item.name === group?.spec.vswitchName)
  if (!group || !vswitch) return []
  const teaming: HostNicTeamingPolicy | undefined = group.computedPolicy.nicTeaming
  return activeUplinks(teaming, uplinksOf(vswitch.spec))
}

/** The managed host that has a vmkernel adapter with this IPv4 address. */
export function hostWithVmkIp(read: Reader, address: string): string | undefined {
  return read.lookup(hostsByVmkAddress, address)[0]
}

/** References of a host's networking managers, for HostConfigManager. */
export function networkManagerRefs(number: number) {
  return {
    networkSystem: moRef('HostNetworkSystem', `networkSystem-${number}`),
    virtualNicManager: moRef('HostVirtualNicManager', `virtualNicManager-${number}`),
    vmotionSystem: moRef('HostVMotionSystem', `vmotionSystem-${number}`),
  }
}
