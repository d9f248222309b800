import { data } from '#vim25/data.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'

/** A cluster without DRS has no pools but its root: switching DRS off moves the VMs there and takes the others away. */
export function flattenPools(ctx: Context, cluster: string): void {
  const { tx } = ctx
  const root = tx.get('ClusterComputeResource', cluster).resourcePool
  if (!root) return
  const pools = [...tx.ids('ResourcePool')].filter(
    (id) => id !== root.value && tx.get('ResourcePool', id).owner.value === cluster,
  )
  if (pools.length === 0) return
  const gone = new Set(pools)
  for (const id of [...tx.ids('VirtualMachine')]) {
    const pool = tx.get('VirtualMachine', id).resourcePool?.value
    if (pool !== undefined && gone.has(pool)) tx.set('VirtualMachine', id, { resourcePool: root })
  }
  for (const id of pools.reverse()) {
    const { name } = tx.get('ResourcePool', id)
    const resourcePool = data('ResourcePoolEventArgument', { name, resourcePool: tx.ref(id) })
    emit(ctx, 'ResourcePoolDestroyedEvent', { entity: tx.ref(cluster), resourcePool })
    tx.remove(id)
  }
}
