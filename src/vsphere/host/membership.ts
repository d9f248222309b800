import type { Transaction } from '#inventory/transaction.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { removeComputeResource } from '../cluster/build.js'
import type { Context } from '../core/context.js'
import { signal, vmsOn } from './status.js'

/**
 * The host becomes part of another compute resource of its datacenter. Its VMs come along into the root pool there; a compute resource that was only there for it goes. No checks.
 */
export function moveHost(ctx: Context, host: string, target: ManagedObjectReference): void {
  const { tx } = ctx
  const { parent, runtime } = tx.get('HostSystem', host)
  if (parent?.value === target.value) return
  const { resourcePool } = tx.get('ComputeResource', target.value)
  for (const vm of vmsOn(tx, host))
    if (tx.get('VirtualMachine', vm).resourcePool) tx.set('VirtualMachine', vm, { resourcePool })
  tx.set('HostSystem', host, { parent: target })
  if (parent) dropStandalone(tx, parent.value)
  signal(ctx, 'moved', host)
  if (runtime.connectionState === 'connected') signal(ctx, 'connected', host)
}

/** Removes a compute resource whose only host is gone, with its pools; a cluster stays. */
export function dropStandalone(tx: Transaction, id: string): void {
  if (tx.entity(id)?.type !== 'ComputeResource') return
  dropComputeResource(tx, id)
}

/** Removes a compute resource without hosts and VMs, with all its pools. */
export function dropComputeResource(tx: Transaction, id: string): void {
  const root = tx.get('ComputeResource', id).resourcePool?.value
  for (const pool of [...tx.ids('ResourcePool')])
    if (pool !== root && tx.get('ResourcePool', pool).owner.value === id) tx.remove(pool)
  removeComputeResource(tx, id)
}
