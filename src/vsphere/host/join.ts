import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { hostLinkId } from '#world/hardware.js'
import { machines } from '#world/machine.js'
import type { Context } from '../core/context.js'
import { joinStorage, leaveStorage } from '../datastore/build.js'
import { emit } from '../event/emit.js'
import { unregisterVm } from '../vm/remove.js'
import { joinNetworking, leaveNetworking } from '../vmkernel/build.js'
import { addHostObject, type HostRequest } from './build.js'
import { hostConnectionId } from './connection.js'
import { joinSettings, leaveSettings } from './installed.js'
import { removeManagers } from './managers.js'
import { dropStandalone } from './membership.js'
import { signal, vmsOn } from './status.js'

/**
 * A machine's ESXi becomes a managed host: objects, networks, datastores, events. No checks: those are rules.ts's. The
 * parent is a cluster or a compute resource made for it.
 */
export function joinHost(ctx: Context, request: HostRequest): ManagedObjectReference {
  const { tx } = ctx
  const host = addHostObject(ctx, request)
  const { esxi } = tx.get(machines, request.machine)
  if (esxi?.managedBy !== undefined)
    tx.set(machines, request.machine, { esxi: { ...esxi, managedBy: undefined } })
  joinSettings(ctx, host.value)
  joinNetworking(ctx, host.value)
  joinStorage(ctx, host.value)
  emit(ctx, 'HostAddedEvent', { entity: host })
  if (request.connected ?? true) {
    emit(ctx, 'HostConnectedEvent', { entity: host })
    signal(ctx, 'connected', host.value)
  }
  return host
}

/**
 * The host leaves the inventory with all that only it had: its VMs (whose files stay), networks, datastores; a standalone
 * host's compute resource goes with it.
 */
export function removeHost(ctx: Context, host: string): void {
  const { tx } = ctx
  const { parent } = tx.get('HostSystem', host)
  for (const vm of vmsOn(tx, host)) unregisterVm(ctx, tx.ref(vm))
  leaveSettings(ctx, host)
  leaveNetworking(ctx, host)
  leaveStorage(ctx, host)
  emit(ctx, 'HostRemovedEvent', { entity: tx.ref(host) })
  removeManagers(ctx, host)
  tx.remove(hostConnectionId(host))
  tx.remove(hostLinkId(host))
  tx.remove(host)
  if (parent) dropStandalone(tx, parent.value)
  signal(ctx, 'moved', host)
}
