import { data } from '#vim25/data.js'
import type { ManagedObjectReference, ResourceConfigSpec } from '#vim25/generated/types.js'
import { rootPoolCapacity } from '#vsphere/ha/capacity.js'
import { validName } from '#vsphere/managed-entity/entity.js'
import { createPool, createVApp } from '#vsphere/resource-pool/build.js'
import { checkPoolSpec, requirePools } from '#vsphere/resource-pool/rules.js'
import { once, type Site } from './builder.js'
import { makeFolder } from './folders.js'
import type { SeedCluster, SeedPool } from './seed.js'

export const poolKey = (cluster: string | undefined, pool: string) => `resource pool '${cluster}/${pool}'`

/** The pools of a cluster whose hosts are there: together they cannot reserve more than these have. */
export function buildPools(site: Site, seed: SeedCluster, cluster: ManagedObjectReference): void {
  const { tx } = site.ctx
  const { resourcePool } = tx.get('ClusterComputeResource', cluster.value)
  if (!resourcePool) throw new Error(`The cluster '${seed.name}' has no root resource pool.`)
  let { memoryBytes, cpuMHz } = rootPoolCapacity(tx, cluster.value)
  for (const pool of seed.pools ?? []) {
    once(site, poolKey(seed.name, pool.name), pool, () => {
      const spec = specOf(pool)
      requirePools(tx, resourcePool.value)
      checkPoolSpec(spec, 'spec')
      return createPool(site.ctx, resourcePool, validName(pool.name), spec)
    })
    memoryBytes -= (pool.memory?.reservationMB ?? 0) * 2 ** 20
    cpuMHz -= pool.cpu?.reservationMHz ?? 0
    if (memoryBytes < 0 || cpuMHz < 0)
      throw site.mistake(`The cluster '${seed.name}' does not have what this pool reserves.`, pool)
  }
  for (const vApp of seed.vApps ?? [])
    once(site, poolKey(seed.name, vApp.name), vApp, () => {
      requirePools(tx, resourcePool.value)
      return createVApp(site.ctx, resourcePool, validName(vApp.name), makeFolder(site, 'vm', '', vApp))
    })
}

function specOf({ memory, cpu }: SeedPool): ResourceConfigSpec {
  const allocation = (reservation = 0, limit = -1, expandable = true) =>
    data('ResourceAllocationInfo', { reservation, limit, expandableReservation: expandable })
  return data('ResourceConfigSpec', {
    memoryAllocation: allocation(memory?.reservationMB, memory?.limitMB, memory?.expandable),
    cpuAllocation: allocation(cpu?.reservationMHz, cpu?.limitMHz, cpu?.expandable),
  })
}
