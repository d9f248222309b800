import { fault } from '#vim25/fault.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { removeMember } from './members.js'
import { portsIn } from './port-ranges.js'
import { ownPortId, portgroupsBySwitch, portSetId, portSetOf } from './ports.js'
import { requireUnused, vmsOnGroup } from './usage.js'

/** A switch goes with its port groups and its part of each member. Throws ResourceInUse while anything is on a port. */
export function destroySwitch(ctx: Context, dvs: string): void {
  const { tx } = ctx
  requireUnused(tx, dvs)
  const groups = [...tx.lookup(portgroupsBySwitch, dvs)]
  for (const group of groups) requireNoVms(ctx, group)
  const { config } = tx.get('DistributedVirtualSwitch', dvs)
  for (const { config: member } of config.host ?? [])
    if (member.host) removeMember(ctx, dvs, member.host.value)
  for (const group of groups) removeGroup(ctx, dvs, group)
  emit(ctx, 'DvsDestroyedEvent', { entity: tx.ref(dvs) })
  forgetPorts(ctx, dvs, dvs)
  tx.remove(dvs)
}

/** A port group goes. Throws ResourceInUse while anything is on it, NotSupported for the uplinks. */
export function destroyGroup(ctx: Context, group: string): void {
  const { config } = ctx.tx.get('DistributedVirtualPortgroup', group)
  if (config.uplink) throw fault('NotSupported', {})
  const dvs = config.distributedVirtualSwitch?.value ?? ''
  requireUnused(ctx.tx, dvs, { group })
  requireNoVms(ctx, group)
  removeGroup(ctx, dvs, group)
}

/** A VM that is off holds a place in an ephemeral group, but no port. */
function requireNoVms({ tx }: Context, group: string): void {
  if (vmsOnGroup(tx, group).length > 0)
    throw fault('ResourceInUse', { type: 'DistributedVirtualPortgroup', name: tx.get('Network', group).name })
}

function removeGroup(ctx: Context, dvs: string, group: string): void {
  const { tx } = ctx
  emit(ctx, 'DVPortgroupDestroyedEvent', { entity: tx.ref(group) })
  for (const host of tx.ids('HostSystem')) {
    const { network } = tx.get('HostSystem', host)
    if (network?.some(({ value }) => value === group))
      tx.set('HostSystem', host, { network: Object.freeze(network.filter(({ value }) => value !== group)) })
  }
  forgetPorts(ctx, dvs, group)
  tx.remove(group)
}

function forgetPorts({ tx }: Context, dvs: string, owner: string): void {
  for (const port of portsIn(portSetOf(tx, owner).ports)) {
    const own = ownPortId(dvs, String(port))
    if (tx.entity(own)) tx.remove(own)
  }
  if (tx.entity(portSetId(owner))) tx.remove(portSetId(owner))
}
