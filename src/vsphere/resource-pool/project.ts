import type { Entity } from '#inventory/entity.js'
import type { Commit } from '#inventory/inventory.js'
import type { Reader } from '#inventory/reader.js'
import { data, patch } from '#vim25/data.js'
import type {
  ResourcePoolProperties,
  ResourcePoolRuntimeInfo,
  ResourcePoolSummary,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { type Projection, projection } from '../core/behaviour.js'
import { type TotalUsage, totalUsage } from '../vm/total-usage.js'
import { shownConfig } from './derive.js'
import { poolsBelow, vmsByPool } from './usage.js'

type Pool = ResourcePoolProperties

const MB = 2 ** 20

/** The VMs of a pool and of all pools below it. */
function* vmsWithin(read: Reader, pool: string): Iterable<string> {
  yield* read.lookup(vmsByPool, pool)
  for (const child of poolsBelow(read, pool)) yield* vmsWithin(read, child)
}

/** ResourcePool.runtime with what the VMs use now: MHz and bytes. */
function runtimeAt(runtime: ResourcePoolRuntimeInfo, usage: TotalUsage): ResourcePoolRuntimeInfo {
  return patch(runtime, {
    memory: patch(runtime.memory, { overallUsage: usage.hostMemoryUsage * MB }),
    cpu: patch(runtime.cpu, { overallUsage: usage.overallCpuUsage }),
  })
}

function summaryAt(summary: ResourcePoolSummary, usage: TotalUsage): ResourcePoolSummary {
  return patch(summary, {
    runtime: runtimeAt(summary.runtime, usage),
    quickStats: data('ResourcePoolQuickStats', {
      overallCpuUsage: usage.overallCpuUsage,
      overallCpuDemand: usage.overallCpuDemand,
      guestMemoryUsage: usage.guestMemoryUsage,
      hostMemoryUsage: usage.hostMemoryUsage,
      distributedCpuEntitlement: usage.distributedCpuEntitlement,
      distributedMemoryEntitlement: usage.distributedMemoryEntitlement,
      staticCpuEntitlement: usage.staticCpuEntitlement,
      staticMemoryEntitlement: usage.staticMemoryEntitlement,
      privateMemory: usage.privateMemory,
      sharedMemory: 0,
      swappedMemory: 0,
      balloonedMemory: 0,
      overheadMemory: usage.consumedOverheadMemory,
      consumedOverheadMemory: usage.consumedOverheadMemory,
      compressedMemory: 0,
    }),
  })
}

export const poolProjections: readonly Projection[] = [
  projection<Pool>('ResourcePool', 'runtime', ({ read, now }, _pool, { id }, stored) =>
    runtimeAt(stored as ResourcePoolRuntimeInfo, totalUsage(read, vmsWithin(read, id), now)),
  ),
  projection<Pool>('ResourcePool', 'summary', ({ read, now }, _pool, { id }, stored) =>
    summaryAt(stored as ResourcePoolSummary, totalUsage(read, vmsWithin(read, id), now)),
  ),
  projection<Pool>('ResourcePool', 'config', ({ read }, _pool, { id }) => shownConfig(read, id), {
    watched: 'world',
    follow: (_services, { id }) => ({ key: `config of ${id}`, touches: touchesPools }),
  }),
  projection<Pool>(
    'ResourcePool',
    'childConfiguration',
    ({ read }, _pool, { id }) => [
      ...poolsBelow(read, id).map((child) => shownConfig(read, child)),
      ...read.lookup(vmsByPool, id).flatMap((vm) => read.find('VirtualMachine', vm)?.resourceConfig ?? []),
    ],
    {
      watched: 'world',
      follow: (_services, { id }) => ({
        key: `childConfiguration of ${id}`,
        touches: (commit) => touchesPools(commit) || touchesShares(commit),
      }),
    },
  ),
]

/** What a pool shows as its own follows from the pools' settings and from what the hosts have. */
const touchesPools = ({ changes }: Commit) =>
  changes.some(({ before, after }) => {
    const type = (after ?? before)?.type ?? ''
    if (isA(type, 'ComputeResource')) return differs(before, after, 'summary')
    return isA(type, 'ResourcePool') && ['config', 'parent'].some((name) => differs(before, after, name))
  })

const touchesShares = ({ changes }: Commit) =>
  changes.some(
    ({ before, after }) =>
      (after ?? before)?.type === 'VirtualMachine' &&
      ['resourceConfig', 'resourcePool'].some((name) => differs(before, after, name)),
  )

const differs = (before: Entity | undefined, after: Entity | undefined, name: string) =>
  !Object.is(
    (before?.value as Record<string, unknown>)?.[name],
    (after?.value as Record<string, unknown>)?.[name],
  )
