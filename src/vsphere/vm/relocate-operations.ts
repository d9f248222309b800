import { data, patch } from '#vim25/data.js'
import { fault, localized, type VimFault } from '#vim25/fault.js'
import type { ManagedObjectReference, VirtualMachineRelocateSpec } from '#vim25/generated/types.js'
import { requirePrivilege } from '../authorization/check.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { datacenterOf } from '../managed-entity/entity.js'
import { changeVersion } from './create.js'
import { copySeconds } from './disk-chain.js'
import { datacenterArgument, datastoreArgument, hostArgument } from './event-arguments.js'
import { homeOf } from './files.js'
import { carryOutMove, isNoMove, type Move, planMove } from './relocate.js'
import { authorizePlace } from './relocate-spec.js'

/** How fast the memory of a running VM goes from host to host. */
const MEMORY_MB_PER_SECOND = 1024

function announce(
  ctx: Context,
  self: ManagedObjectReference,
  spec: VirtualMachineRelocateSpec,
  prefix: string,
) {
  const { tx } = ctx
  const move = planMove(ctx, self, spec, prefix)
  if (!move.host && !move.storage) return
  const about = {
    entity: self,
    template: move.config.template,
    destHost: hostArgument(tx, move.to.host),
    destDatacenter: datacenterArgument(tx, move.to.datacenter),
    destDatastore: datastoreArgument(tx, move.to.datastore),
  }
  if (!move.host) emit(ctx, 'VmBeingRelocatedEvent', about)
  else emit(ctx, move.running ? 'VmBeingHotMigratedEvent' : 'VmBeingMigratedEvent', about)
}

/** A VM that is there already stays as it is, and its task succeeds (deviation 45). */
function run(
  ctx: Context,
  self: ManagedObjectReference,
  spec: VirtualMachineRelocateSpec,
  prefix: string,
): void {
  const { tx } = ctx
  const move = planMove(ctx, self, spec, prefix)
  if (isNoMove(move) && !spec.deviceChange?.length) return
  const source = {
    sourceHost: hostArgument(tx, move.from.host),
    sourceDatacenter: datacenterArgument(tx, move.from.datacenter),
    sourceDatastore: datastoreArgument(tx, move.from.datastore),
  }
  carryOutMove(ctx, move, spec)
  tx.update('VirtualMachine', self.value, ({ config }) => ({
    config: config && patch(config, { changeVersion: changeVersion(ctx), modified: ctx.time }),
  }))
  const about = { entity: self, template: move.config.template }
  if (move.host) emit(ctx, 'VmMigratedEvent', { ...about, ...source })
  else if (move.storage) emit(ctx, 'VmRelocatedEvent', { ...about, ...source })
  tellOfPool(ctx, self, move)
}

function tellOfPool(ctx: Context, entity: ManagedObjectReference, { pool, from, to }: Move): void {
  if (!pool || !from.pool || !to.pool) return
  const argument = (resourcePool: ManagedObjectReference) =>
    data('ResourcePoolEventArgument', {
      name: ctx.tx.get('ResourcePool', resourcePool.value).name,
      resourcePool,
    })
  emit(ctx, 'VmResourcePoolMovedEvent', {
    entity,
    template: false,
    oldParent: argument(from.pool),
    newParent: argument(to.pool),
  })
}

function failed(
  ctx: Context,
  self: ManagedObjectReference,
  spec: VirtualMachineRelocateSpec,
  error: VimFault,
): void {
  const { tx } = ctx
  const { runtime, config } = tx.get('VirtualMachine', self.value)
  const host = spec.host ?? runtime.host
  if (!host) return
  const datacenter = datacenterOf(tx, host.value)
  const datastore = spec.datastore?.value ?? homeOf(tx, self.value)?.datastore
  emit(ctx, host.value === runtime.host?.value ? 'VmRelocateFailedEvent' : 'VmFailedMigrateEvent', {
    entity: self,
    template: config?.template ?? false,
    destHost: hostArgument(tx, host),
    destDatacenter: datacenter === undefined ? undefined : datacenterArgument(tx, datacenter),
    destDatastore: datastore === undefined ? undefined : datastoreArgument(tx, datastore),
    reason: localized(error),
  })
}

/** Running VMs are moved by another right than others; places ask for rights of their own. */
function authorize(ctx: Context, self: ManagedObjectReference, spec: VirtualMachineRelocateSpec): void {
  const { tx, session } = ctx
  const { powerState, host } = tx.get('VirtualMachine', self.value).runtime
  const hot = powerState === 'poweredOn' && spec.host !== undefined && spec.host.value !== host?.value
  requirePrivilege(tx, session, self, hot ? 'Resource.HotMigrate' : 'Resource.ColdMigrate')
  if (spec.folder) requirePrivilege(tx, session, spec.folder, 'VirtualMachine.Inventory.Move')
  authorizePlace(ctx, spec)
}

function seconds(ctx: Context, self: ManagedObjectReference, spec: VirtualMachineRelocateSpec): number {
  const { config, runtime } = ctx.tx.get('VirtualMachine', self.value)
  const hot = runtime.powerState === 'poweredOn' && spec.host !== undefined
  const memory = hot ? (config?.hardware.memoryMB ?? 0) / MEMORY_MB_PER_SECOND : 0
  const storage = spec.datastore || spec.disk?.length ? copySeconds(ctx.tx, self.value) : 0
  return 2 + memory + storage
}

interface Migration {
  readonly pool?: ManagedObjectReference | undefined
  readonly host?: ManagedObjectReference | undefined
}

const specOf = ({ pool, host }: Migration) => data('VirtualMachineRelocateSpec', { pool, host })

export const relocateOperations = operations('VirtualMachine', {
  RelocateVM_Task: {
    seconds: (ctx, self, { spec }) => seconds(ctx, self, spec),
    before: (ctx, self, { spec }) => authorize(ctx, self, spec),
    stages: [(ctx, self, { spec }) => announce(ctx, self, spec, 'spec')],
    run: (ctx, self, { spec }) => run(ctx, self, spec, 'spec'),
    failed: (ctx, self, { spec }, error) => failed(ctx, self, spec, error),
  },

  MigrateVM_Task: {
    seconds: (ctx, self, args) => seconds(ctx, self, specOf(args)),
    before: (ctx, self, args) => authorize(ctx, self, specOf(args)),
    stages: [
      (ctx, self, args) => {
        const { config, runtime } = ctx.tx.get('VirtualMachine', self.value)
        if (config?.template) throw fault('NotSupported', {})
        if (!args.pool && !args.host) throw fault('InvalidArgument', { invalidProperty: 'host' })
        if (args.state !== undefined && args.state !== runtime.powerState)
          throw fault('InvalidPowerState', { requestedState: args.state, existingState: runtime.powerState })
        announce(ctx, self, specOf(args), '')
      },
    ],
    run: (ctx, self, args) => run(ctx, self, specOf(args), ''),
    failed: (ctx, self, args, error) => failed(ctx, self, specOf(args), error),
  },
})
