import type { Reader } from '#inventory/reader.js'
import { data, patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { HostNetworkInfo, HostPortGroup, HostPortGroupSpec } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import { connectedHost, networkOf, setNetwork } from './hosts.js'
import { newPortGroup, uplinksOf } from './network-info.js'
import { inheritedPolicy, mergedPolicy } from './policy.js'
import { checkPortGroupName, checkVlan, invalid, MOST_PORT_GROUPS, refused } from './rules.js'
import { selectedFor } from './selections.js'
import { findSwitch } from './switch-operations.js'
import { requireGroupsUnused } from './usage.js'

export const portGroupOperations = operations('HostNetworkSystem', {
  AddPortGroup(ctx, self, { portgrp }) {
    const host = connectedHost(ctx.tx, self)
    const network = networkOf(ctx.tx, host)
    checkSpec(network, portgrp)
    if (findGroup(network, portgrp.name)) throw fault('AlreadyExists', { name: portgrp.name })
    const present = network.portgroup ?? []
    if (present.filter((group) => group.spec.vswitchName === portgrp.vswitchName).length >= MOST_PORT_GROUPS)
      throw refused(`${portgrp.vswitchName} has ${MOST_PORT_GROUPS} port groups, which is the most.`)
    setNetwork(ctx, host, { ...network, portgroup: [...present, newPortGroup(specFrom(portgrp, undefined))] })
  },

  /** The adapters on a renamed port group stay on it. */
  UpdatePortGroup(ctx, self, { pgName, portgrp }) {
    const host = connectedHost(ctx.tx, self)
    const network = networkOf(ctx.tx, host)
    const present = requireGroup(network, pgName)
    checkSpec(network, portgrp)
    if (portgrp.name !== pgName && findGroup(network, portgrp.name))
      throw fault('AlreadyExists', { name: portgrp.name })
    requireManagement(ctx.tx, host, pgName, portgrp.vswitchName)
    const changed = patch(present, { spec: specFrom(portgrp, present.spec) })
    setNetwork(ctx, host, {
      ...network,
      portgroup: network.portgroup?.map((group) => (group === present ? changed : group)),
      vnic: network.vnic?.map((vnic) =>
        vnic.portgroup === pgName && portgrp.name !== pgName
          ? patch(vnic, {
              portgroup: portgrp.name,
              spec: patch(vnic.spec, { portgroup: portgrp.name }),
            })
          : vnic,
      ),
    })
  },

  RemovePortGroup(ctx, self, { pgName }) {
    const host = connectedHost(ctx.tx, self)
    const network = networkOf(ctx.tx, host)
    const present = requireGroup(network, pgName)
    requireGroupsUnused(ctx.tx, host, [pgName], { type: 'PortGroup', name: pgName })
    setNetwork(ctx, host, {
      ...network,
      portgroup: network.portgroup?.filter((group) => group !== present),
    })
  },
})

function findGroup(network: HostNetworkInfo, name: string): HostPortGroup | undefined {
  return network.portgroup?.find((group) => group.spec.name === name)
}

function requireGroup(network: HostNetworkInfo, name: string): HostPortGroup {
  const found = findGroup(network, name)
  if (!found) throw fault('NotFound', {})
  return found
}

/** A port group takes its adapters along to another switch: one for management needs an uplink there too. */
function requireManagement(read: Reader, host: string, pgName: string, target: string): void {
  const network = networkOf(read, host)
  const selected = selectedFor(read, host, 'management')
  const carries = network.vnic?.some((vnic) => vnic.portgroup === pgName && selected.includes(vnic.device))
  const vswitch = findSwitch(network, target)
  if (carries && vswitch && uplinksOf(vswitch.spec).length === 0)
    throw refused(
      `On ${target}, which has no uplink, ${pgName} would disconnect the host from vCenter Server.`,
    )
}

/** Name, VLAN and uplinks; NotFound for a switch that the host does not have. */
function checkSpec(network: HostNetworkInfo, spec: HostPortGroupSpec): void {
  checkPortGroupName(spec.name, 'portgrp.name')
  checkVlan(spec.vlanId, 'portgrp.vlanId')
  const vswitch = findSwitch(network, spec.vswitchName)
  if (!vswitch) throw fault('NotFound', {})
  const uplinks = uplinksOf(vswitch.spec)
  const order = spec.policy?.nicTeaming?.nicOrder
  for (const device of [...(order?.activeNic ?? []), ...(order?.standbyNic ?? [])])
    if (!uplinks.includes(device)) throw invalid('portgrp.policy.nicTeaming.nicOrder')
}

function specFrom(spec: HostPortGroupSpec, present: HostPortGroupSpec | undefined): HostPortGroupSpec {
  return data('HostPortGroupSpec', {
    name: spec.name,
    vlanId: spec.vlanId,
    vswitchName: spec.vswitchName,
    policy: mergedPolicy(present?.policy ?? inheritedPolicy, spec.policy),
  })
}
