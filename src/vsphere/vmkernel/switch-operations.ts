import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { HostNetworkInfo, HostVirtualSwitch, HostVirtualSwitchSpec } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import { connectedHost, networkOf, setNetwork } from './hosts.js'
import { bondBridge, newSwitch, uplinksOf } from './network-info.js'
import { defaultPolicy, mergedPolicy, reordered } from './policy.js'
import { checkMtu, checkSwitchName, invalid, refused } from './rules.js'
import { selectedFor } from './selections.js'
import { requireGroupsUnused } from './usage.js'

export const switchOperations = operations('HostNetworkSystem', {
  AddVirtualSwitch(ctx, self, { vswitchName, spec }) {
    const host = connectedHost(ctx.tx, self)
    const network = networkOf(ctx.tx, host)
    checkSwitchName(vswitchName, 'vswitchName')
    if (findSwitch(network, vswitchName)) throw fault('AlreadyExists', { name: vswitchName })
    const fresh = specFrom(spec, undefined)
    requireUplinksFree(network, fresh, vswitchName)
    setNetwork(ctx, host, {
      ...network,
      vswitch: [...(network.vswitch ?? []), newSwitch(vswitchName, fresh)],
    })
  },

  UpdateVirtualSwitch(ctx, self, { vswitchName, spec }) {
    const host = connectedHost(ctx.tx, self)
    const network = networkOf(ctx.tx, host)
    const present = requireSwitch(network, vswitchName)
    const fresh = specFrom(spec, present.spec)
    requireUplinksFree(network, fresh, vswitchName)
    if (
      uplinksOf(fresh).length === 0 &&
      carriesManagement(network, vswitchName, selectedFor(ctx.tx, host, 'management'))
    )
      throw refused(`Without an uplink, ${vswitchName} would disconnect the host from vCenter Server.`)
    const changed = data('HostVirtualSwitch', { ...present, spec: fresh })
    setNetwork(ctx, host, {
      ...network,
      vswitch: network.vswitch?.map((item) => (item === present ? changed : item)),
    })
  },

  /** Its port groups go with it, unless something is connected to one (deviation 31). */
  RemoveVirtualSwitch(ctx, self, { vswitchName }) {
    const host = connectedHost(ctx.tx, self)
    const network = networkOf(ctx.tx, host)
    const present = requireSwitch(network, vswitchName)
    const own = (network.portgroup ?? []).filter((group) => group.spec.vswitchName === vswitchName)
    requireGroupsUnused(
      ctx.tx,
      host,
      own.map((group) => group.spec.name),
      { type: 'VirtualSwitch', name: vswitchName },
    )
    setNetwork(ctx, host, {
      ...network,
      vswitch: network.vswitch?.filter((item) => item !== present),
      portgroup: network.portgroup?.filter((group) => !own.includes(group)),
    })
  },
})

export function findSwitch(network: HostNetworkInfo, name: string): HostVirtualSwitch | undefined {
  return network.vswitch?.find((item) => item.name === name)
}

function requireSwitch(network: HostNetworkInfo, name: string): HostVirtualSwitch {
  const found = findSwitch(network, name)
  if (!found) throw fault('NotFound', {})
  return found
}

/** Fewest and most ports that a switch can be asked for; it grows by itself since 5.5. */
const PORTS = { least: 8, most: 4088 }

/** A complete specification: what the client left out stays as it is, or is the default; a missing bridge is no uplink. */
function specFrom(
  spec: HostVirtualSwitchSpec | undefined,
  present: HostVirtualSwitchSpec | undefined,
): HostVirtualSwitchSpec {
  checkMtu(spec?.mtu, 'spec.mtu')
  const numPorts = spec?.numPorts || present?.numPorts || 128
  if (numPorts < PORTS.least || numPorts > PORTS.most) throw invalid('spec.numPorts')
  const uplinks = spec ? uplinksOf(spec) : []
  const order = spec?.policy?.nicTeaming?.nicOrder
  for (const device of [...(order?.activeNic ?? []), ...(order?.standbyNic ?? [])])
    if (!uplinks.includes(device)) throw invalid('spec.policy.nicTeaming.nicOrder')
  return data('HostVirtualSwitchSpec', {
    numPorts,
    bridge: uplinks.length === 0 ? undefined : { ...bondBridge(uplinks), ...spec?.bridge },
    policy: reordered(mergedPolicy(present?.policy ?? defaultPolicy([]), spec?.policy), uplinks),
    mtu: spec?.mtu ?? present?.mtu ?? 1500,
  })
}

/** Every uplink must be one of the host's NICs, and no other switch's. */
function requireUplinksFree(network: HostNetworkInfo, spec: HostVirtualSwitchSpec, name: string): void {
  for (const device of uplinksOf(spec)) {
    const pnic = network.pnic?.find((nic) => nic.device === device)
    if (!pnic) throw invalid('spec.bridge.nicDevice')
    const other =
      network.vswitch?.some((item) => item.name !== name && uplinksOf(item.spec).includes(device)) ||
      network.proxySwitch?.some((proxy) => pnic.key !== undefined && proxy.pnic?.includes(pnic.key))
    if (other) throw fault('ResourceInUse', { type: 'PhysicalNic', name: device })
  }
}

function carriesManagement(network: HostNetworkInfo, name: string, devices: readonly string[]): boolean {
  return devices.some((device) => {
    const vnic = network.vnic?.find((nic) => nic.device === device)
    const group = network.portgroup?.find((item) => item.spec.name === vnic?.portgroup)
    return group?.spec.vswitchName === name
  })
}
