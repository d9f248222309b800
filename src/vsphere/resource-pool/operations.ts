import { data, patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference, ResourceConfigSpec } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { requireUniqueName, validName } from '../managed-entity/entity.js'
import { rename } from '../managed-entity/rename.js'
import { changeVersion } from '../vm/create.js'
import { guard } from '../vm/guards.js'
import { reallocateVm } from '../vm/reallocate.js'
import { admitReservation, reservationOf } from './admission.js'
import { mergeAllocation, poolShares } from './allocation.js'
import { createPool } from './build.js'
import { RESOURCE_OPTION } from './options.js'
import { admitPool, checkPoolSpec, isWithin, poolNeed, requireOwnPool, requirePools } from './rules.js'
import { poolsBelow, vmsByPool } from './usage.js'

const argument = (ctx: Context, pool: ManagedObjectReference) =>
  data('ResourcePoolEventArgument', {
    name: ctx.tx.get('ManagedEntity', pool.value).name,
    resourcePool: pool,
  })

function create(
  ctx: Context,
  self: ManagedObjectReference,
  wanted: string,
  spec: ResourceConfigSpec,
): ManagedObjectReference {
  requirePools(ctx.tx, self.value)
  const name = validName(wanted, self)
  requireUniqueName(ctx.tx, self.value, name)
  checkPoolSpec(spec, 'spec')
  admitReservation(ctx.tx, self.value, poolNeed(spec))
  const pool = createPool(ctx, self, name, spec)
  emit(ctx, 'ResourcePoolCreatedEvent', {
    entity: pool,
    resourcePool: argument(ctx, pool),
    parent: argument(ctx, self),
  })
  return pool
}

/** A pool's allocations changed; `changeVersion` must be the present one, if it is given. */
function reconfigure(ctx: Context, pool: string, spec: ResourceConfigSpec): void {
  const { config } = ctx.tx.get('ResourcePool', pool)
  if (spec.changeVersion && spec.changeVersion !== config.changeVersion) throw fault('ConcurrentAccess', {})
  checkPoolSpec(spec, 'config')
  const fresh = patch(config, {
    changeVersion: changeVersion(ctx),
    lastModified: ctx.time,
    cpuAllocation: mergeAllocation(
      config.cpuAllocation,
      spec.cpuAllocation,
      (s) => poolShares('cpu', s),
      true,
    ),
    memoryAllocation: mergeAllocation(
      config.memoryAllocation,
      spec.memoryAllocation,
      (s) => poolShares('memory', s),
      true,
    ),
    scaleDescendantsShares: spec.scaleDescendantsShares ?? config.scaleDescendantsShares,
  })
  admitPool(ctx.tx, pool, fresh)
  ctx.tx.set('ResourcePool', pool, { config: fresh })
  const self = ctx.tx.ref(pool)
  emit(ctx, 'ResourcePoolReconfiguredEvent', { entity: self, resourcePool: argument(ctx, self) })
}

/** A pool goes; what it holds moves to `heir`. */
function destroy(ctx: Context, pool: string, heir: ManagedObjectReference): void {
  const { tx } = ctx
  const self = tx.ref(pool)
  emit(ctx, 'ResourcePoolDestroyedEvent', { entity: self, resourcePool: argument(ctx, self) })
  for (const vm of tx.lookup(vmsByPool, pool)) tx.set('VirtualMachine', vm, { resourcePool: heir })
  for (const child of poolsBelow(tx, pool)) tx.set('ResourcePool', child, { parent: heir })
  tx.remove(pool)
}

/** All pools below go; their VMs move up to this one. */
function destroyBelow(ctx: Context, pool: string, heir: ManagedObjectReference): void {
  for (const child of poolsBelow(ctx.tx, pool)) {
    destroyBelow(ctx, child, heir)
    destroy(ctx, child, heir)
  }
}

function moveVm(ctx: Context, self: ManagedObjectReference, vm: ManagedObjectReference): void {
  const { tx } = ctx
  const { resourcePool, config, runtime } = tx.get('VirtualMachine', vm.value)
  if (!resourcePool || !config) throw fault('InvalidArgument', { invalidProperty: 'list' })
  if (resourcePool.value === self.value) return
  guard(ctx, vm, 'MoveIntoResourcePool', { pool: self })
  if (
    tx.get('ResourcePool', resourcePool.value).owner.value !== tx.get('ResourcePool', self.value).owner.value
  )
    throw fault('InvalidArgument', { invalidProperty: 'list' })
  if (runtime.powerState === 'poweredOn') admitReservation(tx, self.value, reservationOf(config), vm.value)
  tx.set('VirtualMachine', vm.value, { resourcePool: self })
  emit(ctx, 'VmResourcePoolMovedEvent', {
    entity: vm,
    template: false,
    oldParent: argument(ctx, resourcePool),
    newParent: argument(ctx, self),
  })
}

function movePool(ctx: Context, self: ManagedObjectReference, pool: ManagedObjectReference): void {
  const { tx } = ctx
  const { parent, name, owner, config } = tx.get('ResourcePool', pool.value)
  requireOwnPool(tx, pool.value)
  if (!parent || parent.value === self.value) return
  if (owner.value !== tx.get('ResourcePool', self.value).owner.value || isWithin(tx, self.value, pool.value))
    throw fault('InvalidArgument', { invalidProperty: 'list' })
  requireUniqueName(tx, self.value, name, pool.value)
  admitReservation(tx, self.value, poolNeed(config), pool.value)
  tx.set('ResourcePool', pool.value, { parent: self })
  emit(ctx, 'ResourcePoolMovedEvent', {
    entity: pool,
    resourcePool: argument(ctx, pool),
    oldParent: argument(ctx, parent),
    newParent: argument(ctx, self),
  })
}

export const resourcePoolOperations = operations('ResourcePool', {
  CreateResourcePool: (ctx, self, { name, spec }) => create(ctx, self, name, spec),

  UpdateConfig(ctx, self, { name, config }) {
    requireOwnPool(ctx.tx, self.value)
    if (name !== undefined) rename(ctx, self, name)
    if (config) reconfigure(ctx, self.value, config)
  },

  DestroyChildren(ctx, self) {
    destroyBelow(ctx, self.value, self)
  },

  Destroy_Task: {
    run(ctx, self) {
      requireOwnPool(ctx.tx, self.value)
      const { parent } = ctx.tx.get('ResourcePool', self.value)
      if (parent) destroy(ctx, self.value, parent)
    },
  },

  Rename_Task: {
    run(ctx, self, { newName }) {
      requireOwnPool(ctx.tx, self.value)
      rename(ctx, self, newName)
    },
  },

  MoveIntoResourcePool(ctx, self, { list }) {
    for (const entity of list) {
      if (entity.type === 'VirtualMachine') moveVm(ctx, self, entity)
      else if (entity.type === 'ResourcePool') movePool(ctx, self, entity)
      else throw fault('InvalidArgument', { invalidProperty: 'list' })
    }
  },

  UpdateChildResourceConfiguration(ctx, self, { spec }) {
    for (const each of spec) {
      const { entity } = each
      if (!entity) throw fault('InvalidArgument', { invalidProperty: 'spec.entity' })
      if (poolsBelow(ctx.tx, self.value).includes(entity.value)) reconfigure(ctx, entity.value, each)
      else if (ctx.tx.lookup(vmsByPool, self.value).includes(entity.value)) reallocateVm(ctx, entity, each)
      else throw fault('InvalidArgument', { invalidProperty: 'spec.entity' })
    }
  },

  /** Usage is always derived from the state itself. */
  RefreshRuntime() {},

  QueryResourceConfigOption: () => RESOURCE_OPTION,
})
