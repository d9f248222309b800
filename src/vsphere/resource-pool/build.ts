import { moRef } from '#inventory/entity.js'
import { data } from '#vim25/data.js'
import type {
  ManagedObjectReference,
  ResourceConfigSpec,
  ResourcePoolResourceUsage,
  ResourcePoolRuntimeInfo,
} from '#vim25/generated/types.js'
import { type Context, newMoid } from '../core/context.js'
import { firstMoid } from '../core/well-known.js'
import { managedEntityDefaults } from '../managed-entity/entity.js'
import { mergeAllocation, poolShares } from './allocation.js'

const idle: ResourcePoolResourceUsage = data('ResourcePoolResourceUsage', {
  reservationUsed: 0,
  reservationUsedForVm: 0,
  unreservedForPool: 0,
  unreservedForVm: 0,
  overallUsage: 0,
  maxUsage: 0,
})

const empty: ResourcePoolRuntimeInfo = data('ResourcePoolRuntimeInfo', {
  memory: idle,
  cpu: idle,
  overallStatus: 'green',
  sharesScalable: 'none',
})

/** The configuration that every pool starts with: expandable, no limit, normal shares. */
export function poolConfig(
  ctx: Context,
  pool: ManagedObjectReference,
  wanted?: ResourceConfigSpec,
): ResourceConfigSpec {
  return data('ResourceConfigSpec', {
    entity: pool,
    changeVersion: ctx.time,
    lastModified: ctx.time,
    cpuAllocation: mergeAllocation(undefined, wanted?.cpuAllocation, (s) => poolShares('cpu', s), true),
    memoryAllocation: mergeAllocation(
      undefined,
      wanted?.memoryAllocation,
      (s) => poolShares('memory', s),
      true,
    ),
    scaleDescendantsShares: wanted?.scaleDescendantsShares,
  })
}

function create(
  ctx: Context,
  name: string,
  parent: ManagedObjectReference,
  owner: ManagedObjectReference,
  wanted?: ResourceConfigSpec,
): ManagedObjectReference {
  const id = firstMoid(ctx, 'resgroup')
  return ctx.tx.create(
    'ResourcePool',
    id,
    properties(ctx, moRef('ResourcePool', id), { name, parent, owner, wanted }),
  )
}

/** What a pool has until the end of the transaction that creates it. */
function properties(
  ctx: Context,
  self: ManagedObjectReference,
  about: {
    readonly name: string
    readonly parent: ManagedObjectReference
    readonly owner: ManagedObjectReference
    readonly wanted?: ResourceConfigSpec | undefined
  },
) {
  const { name, parent, owner, wanted } = about
  const config = poolConfig(ctx, self, wanted)
  return {
    ...managedEntityDefaults(name, parent),
    owner,
    config,
    runtime: empty,
    summary: data('ResourcePoolSummary', { name, config, runtime: empty }),
  }
}

/** The root pool of a compute resource; its name is 'Resources', its parent the compute resource itself. */
export function createRootPool(ctx: Context, owner: ManagedObjectReference): ManagedObjectReference {
  return create(ctx, 'Resources', owner, owner)
}

/** A pool below another; checks nothing (rules.ts and admission.ts do). */
export function createPool(
  ctx: Context,
  parent: ManagedObjectReference,
  name: string,
  spec?: ResourceConfigSpec,
): ManagedObjectReference {
  return create(ctx, name, parent, ctx.tx.get('ResourcePool', parent.value).owner, spec)
}

const VAPP_ADDRESSES = data('VAppIPAssignmentInfo', {
  ipAllocationPolicy: 'fixedPolicy',
  ipProtocol: 'IPv4',
})

/** A vApp without VMs below a pool; it shows in a VM folder as well. Checks nothing. */
export function createVApp(
  ctx: Context,
  parent: ManagedObjectReference,
  name: string,
  folder: ManagedObjectReference,
): ManagedObjectReference {
  const id = newMoid(ctx.tx, 'resgroup-v')
  const { owner } = ctx.tx.get('ResourcePool', parent.value)
  return ctx.tx.create('VirtualApp', id, {
    ...properties(ctx, moRef('VirtualApp', id), { name, parent, owner }),
    parentFolder: folder,
    vAppConfig: data('VAppConfigInfo', {
      ipAssignment: VAPP_ADDRESSES,
      annotation: '',
      instanceUuid: ctx.services.random.uuid('50', 'vapp', id),
      entityConfig: [],
      installBootRequired: false,
      installBootStopDelay: 0,
    }),
  })
}
