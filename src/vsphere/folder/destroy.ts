import { fault } from '#vim25/fault.js'
import { isA } from '#vim25/schema.js'
import { hostsOf } from '../cluster/config.js'
import type { Context } from '../core/context.js'
import { isRootFolder } from '../core/well-known.js'
import { destroyGroup, destroySwitch } from '../dvs/remove.js'
import { emit } from '../event/emit.js'
import { removeHost } from '../host/join.js'
import { dropComputeResource } from '../host/membership.js'
import { hasFaultTolerantVms } from '../host/rules.js'
import { childrenOf } from '../managed-entity/entity.js'
import { destroyVm, unregisterVm } from '../vm/remove.js'

/** The root folder and a datacenter's four folders stay where they are; throws NotSupported for them. */
export function requireOwnFolder(ctx: Context, folder: string): void {
  const { parent } = ctx.tx.get('Folder', folder)
  if (isRootFolder(folder) || !parent || ctx.tx.entity(parent.value)?.type === 'Datacenter')
    throw fault('NotSupported', {})
}

/** A folder goes with all that is in it: VMs with their files, clusters with their hosts, datacenters, switches. */
export function destroyFolder(ctx: Context, folder: string): void {
  for (const child of childrenOf(ctx.tx, folder)) destroyChild(ctx, child)
  ctx.tx.remove(folder)
}

function destroyChild(ctx: Context, id: string): void {
  const type = ctx.tx.entity(id)?.type
  if (type === undefined) return
  if (type === 'Folder') destroyFolder(ctx, id)
  else if (type === 'Datacenter') destroyDatacenter(ctx, id)
  else if (isA(type, 'ComputeResource')) destroyComputeResource(ctx, id)
  else if (type === 'VirtualMachine') destroyStoppedVm(ctx, id)
  else if (isA(type, 'DistributedVirtualSwitch')) destroySwitch(ctx, id)
  else if (type === 'DistributedVirtualPortgroup') destroyGroup(ctx, id)
  else throw fault('NotSupported', {})
}

/**
 * A compute resource goes, and its hosts leave the inventory with their VMs. Throws
 * CannotDisconnectHostWithFaultToleranceVm while a host has fault-tolerant VMs, as its own departure would.
 */
export function destroyComputeResource(ctx: Context, id: string): void {
  refusePairs(ctx, id)
  for (const host of hostsOf(ctx.tx, id)) removeHost(ctx, host)
  if (!ctx.tx.entity(id)) return
  if (ctx.tx.entity(id)?.type === 'ClusterComputeResource')
    emit(ctx, 'ClusterDestroyedEvent', { entity: ctx.tx.ref(id) })
  dropComputeResource(ctx.tx, id)
}

function refusePairs(ctx: Context, computeResource: string): void {
  for (const host of hostsOf(ctx.tx, computeResource))
    if (hasFaultTolerantVms(ctx.tx, host))
      throw fault('CannotDisconnectHostWithFaultToleranceVm', {
        hostName: ctx.tx.get('HostSystem', host).name,
      })
}

/**
 * A datacenter goes with its hosts and their VMs, whose files stay: nothing is deleted from disk. What its folders held
 * and no host had goes as well.
 */
export function destroyDatacenter(ctx: Context, id: string): void {
  const { tx } = ctx
  const { hostFolder, vmFolder, datastoreFolder, networkFolder } = tx.get('Datacenter', id)
  for (const folder of [hostFolder, vmFolder, datastoreFolder, networkFolder]) clear(ctx, folder.value)
  tx.remove(id)
}

function clear(ctx: Context, id: string): void {
  const { tx } = ctx
  for (const child of childrenOf(tx, id)) {
    const type = tx.entity(child)?.type
    if (type === 'Folder') clear(ctx, child)
    else if (type && isA(type, 'ComputeResource')) destroyComputeResource(ctx, child)
    else if (type === 'VirtualMachine') unregisterVm(ctx, tx.ref(child))
    else if (type) tx.remove(child)
  }
  tx.remove(id)
}

/** A VM goes with its files; throws InvalidPowerState while it runs. */
function destroyStoppedVm(ctx: Context, id: string): void {
  const { runtime } = ctx.tx.get('VirtualMachine', id)
  if (runtime.powerState !== 'poweredOff')
    throw fault('InvalidPowerState', { requestedState: 'poweredOff', existingState: runtime.powerState })
  destroyVm(ctx, ctx.tx.ref(id))
}
