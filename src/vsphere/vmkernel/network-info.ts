import { data, patch } from '#vim25/data.js'
import type {
  HostIpRouteEntry,
  HostNetStackInstance,
  HostNetworkInfo,
  HostPortGroup,
  HostPortGroupSpec,
  HostVirtualNic,
  HostVirtualSwitch,
  HostVirtualSwitchBondBridge,
  HostVirtualSwitchSpec,
} from '#vim25/generated/types.js'
import { networkPart, prefixLength } from '#world/address.js'
import { memo } from '../vm/share.js'
import { DEFAULT_STACK } from './nic-types.js'
import { computedPolicy, defaultPolicy, inheritedPolicy } from './policy.js'

export const vnicKey = (device: string) => `key-vim.host.VirtualNic-${device}`
export const portGroupKey = (name: string) => `key-vim.host.PortGroup-${name}`
export const switchKey = (name: string) => `key-vim.host.VirtualSwitch-${name}`
export const pnicKey = (device: string) => `key-vim.host.PhysicalNic-${device}`

/** Ports of a standard switch: they grow by themselves since 5.5; this is what a small host shows. */
const PORTS = 1536

/** Ports that a switch takes for itself. */
const OWN_PORTS = 3

const beacon = data('HostVirtualSwitchBeaconConfig', { interval: 1 })
const linkDiscovery = data('LinkDiscoveryProtocolConfig', { protocol: 'cdp', operation: 'listen' })

export function bondBridge(uplinks: readonly string[]): HostVirtualSwitchBondBridge {
  return data('HostVirtualSwitchBondBridge', {
    nicDevice: uplinks,
    beacon,
    linkDiscoveryProtocolConfig: linkDiscovery,
  })
}

/** A standard switch's specification with nothing chosen but its uplinks. */
export function freshSwitchSpec(uplinks: readonly string[]): HostVirtualSwitchSpec {
  return freshSpecs(uplinks.join(), () =>
    data('HostVirtualSwitchSpec', {
      numPorts: 128,
      bridge: uplinks.length > 0 ? bondBridge(uplinks) : undefined,
      policy: defaultPolicy(uplinks),
      mtu: 1500,
    }),
  )
}

const freshSpecs = memo<HostVirtualSwitchSpec>()

/** The physical NICs behind a switch, by device. */
export function uplinksOf(spec: HostVirtualSwitchSpec): readonly string[] {
  const { bridge } = spec
  if (bridge?._typeName === 'HostVirtualSwitchBondBridge')
    return (bridge as HostVirtualSwitchBondBridge).nicDevice ?? []
  if (bridge?._typeName === 'HostVirtualSwitchSimpleBridge')
    return [(bridge as unknown as { nicDevice: string }).nicDevice]
  return []
}

/** A switch, a port group from its specification; `settled` completes the members that depend on others. */
export function newSwitch(name: string, spec: HostVirtualSwitchSpec): HostVirtualSwitch {
  return data('HostVirtualSwitch', {
    name,
    key: switchKey(name),
    numPorts: PORTS,
    numPortsAvailable: PORTS,
    spec,
  })
}

export function newPortGroup(spec: HostPortGroupSpec): HostPortGroup {
  return data('HostPortGroup', {
    key: portGroupKey(spec.name),
    vswitch: switchKey(spec.vswitchName),
    computedPolicy: spec.policy,
    spec,
  })
}

export function portGroupSpec(name: string, vswitchName: string, vlanId = 0): HostPortGroupSpec {
  return data('HostPortGroupSpec', { name, vlanId, vswitchName, policy: inheritedPolicy })
}

/**
 * Pure: the network with every member that depends on others made true: ports, keys, computed policies, routes. All
 * changes end with it.
 */
export function settled(network: HostNetworkInfo): HostNetworkInfo {
  const vnics = network.vnic ?? []
  const portgroup = (network.portgroup ?? []).map((group) => settledPortGroup(group, network))
  const vswitch = (network.vswitch ?? []).map((item) => settledSwitch(item, portgroup))
  const stacks = (network.netStackInstance ?? []).map((stack) => settledStack(stack, vnics))
  const main = stacks.find((stack) => stack.key === DEFAULT_STACK)
  return patch(network, {
    vswitch,
    portgroup,
    netStackInstance: stacks,
    routeTableInfo: data('HostIpRouteTableInfo', {
      ipRoute: (main?.routeTableConfig?.ipRoute ?? []).map((operation) => operation.route),
    }),
  })
}

function settledPortGroup(group: HostPortGroup, network: HostNetworkInfo): HostPortGroup {
  const { spec } = group
  const base = network.vswitch?.find((item) => item.name === spec.vswitchName)?.spec.policy ?? inheritedPolicy
  return patch(group, {
    key: portGroupKey(spec.name),
    vswitch: switchKey(spec.vswitchName),
    computedPolicy: computedPolicy(base, spec.policy),
    port: (network.vnic ?? [])
      .filter((vnic) => vnic.portgroup === spec.name)
      .map((vnic) =>
        data('HostPortGroupPort', {
          key: vnic.port,
          mac: vnic.spec.mac ? [vnic.spec.mac] : [],
          type: 'host',
        }),
      ),
  })
}

function settledSwitch(item: HostVirtualSwitch, groups: readonly HostPortGroup[]): HostVirtualSwitch {
  const own = groups.filter((group) => group.spec.vswitchName === item.name)
  const uplinks = uplinksOf(item.spec)
  const used = own.reduce((sum, group) => sum + (group.port?.length ?? 0), 0) + uplinks.length
  return patch(item, {
    key: switchKey(item.name),
    numPortsAvailable: PORTS - OWN_PORTS - used,
    mtu: item.spec.mtu ?? 1500,
    portgroup: own.map((group) => portGroupKey(group.spec.name)),
    pnic: uplinks.map(pnicKey),
  })
}

function settledStack(stack: HostNetStackInstance, vnics: readonly HostVirtualNic[]): HostNetStackInstance {
  const mine = vnics.filter((vnic) => (vnic.spec.netStackInstanceKey ?? DEFAULT_STACK) === stack.key)
  const routes: HostIpRouteEntry[] = []
  const gateway = stack.ipRouteConfig?.defaultGateway
  const way = gateway && mine.find((vnic) => reaches(vnic, gateway))
  if (gateway && way)
    routes.push(
      data('HostIpRouteEntry', { network: '0.0.0.0', prefixLength: 0, gateway, deviceName: way.device }),
    )
  for (const { device, spec } of mine)
    if (spec.ip?.ipAddress && spec.ip.subnetMask)
      routes.push(
        data('HostIpRouteEntry', {
          network: networkPart(spec.ip.ipAddress, spec.ip.subnetMask),
          prefixLength: prefixLength(spec.ip.subnetMask),
          gateway: '0.0.0.0',
          deviceName: device,
        }),
      )
  return patch(stack, {
    routeTableConfig:
      routes.length > 0
        ? data('HostIpRouteTableConfig', {
            ipRoute: routes.map((route) => data('HostIpRouteOp', { changeOperation: 'ignore', route })),
          })
        : undefined,
  })
}

function reaches(vnic: HostVirtualNic, address: string): boolean {
  const { ipAddress, subnetMask } = vnic.spec.ip ?? {}
  return (
    ipAddress !== undefined &&
    subnetMask !== undefined &&
    networkPart(ipAddress, subnetMask) === networkPart(address, subnetMask)
  )
}

/** Port keys of vmkernel adapters as recorded: the switch's number in the first byte (2 for the first), then from 4 up. */
export function freePort(network: HostNetworkInfo, vswitchName: string): string {
  const at = (network.vswitch ?? []).findIndex((item) => item.name === vswitchName)
  const taken = new Set((network.vnic ?? []).map((vnic) => vnic.port))
  const key = (port: number) => `key-vim.host.PortGroup.Port-${(Math.max(at, 0) + 2) * 2 ** 24 + port}`
  let port = 4
  while (taken.has(key(port))) port++
  return key(port)
}
