import { patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference, VirtualMachineInstantCloneSpec } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { capacityProblem } from '../drs/candidates.js'
import { emit } from '../event/emit.js'
import { admitFailover } from '../ha/admission.js'
import { requireUniqueName, validName } from '../managed-entity/entity.js'
import { admitReservation, reservationOf } from '../resource-pool/admission.js'
import { requireOperable, requirePowerState } from './admit.js'
import { makeClone, requireDatacenter } from './clone.js'
import { changeVersion } from './create.js'
import { folderArgument, hostArgument, vmArgument } from './event-arguments.js'
import { guard } from './guards.js'
import { requireVmFolder } from './placement.js'
import { setPoweredOn } from './power.js'
import { resolveDestination } from './relocate-spec.js'
import { withDeltas } from './snapshots.js'
import { requireNoFixedDevice } from './vmotion.js'

/**
 * A copy of a running VM that goes on running from the same instant, on the same host: both write to disks of their own
 * upon what was there so far. Throws what InstantClone_Task declares.
 */
export function instantClone(
  ctx: Context,
  self: ManagedObjectReference,
  spec: VirtualMachineInstantCloneSpec,
): ManagedObjectReference {
  const { tx } = ctx
  const source = self.value
  requireOperable(tx, source)
  requirePowerState(tx, source, ['poweredOn'], 'poweredOn')
  guard(ctx, self, 'InstantClone', { spec })
  const { config, runtime, resourcePool, parent } = tx.get('VirtualMachine', source)
  const { host } = runtime
  const folder = spec.location.folder ?? parent
  if (!config || !host || !folder || !resourcePool) throw fault('InvalidState', {})
  requireVmFolder(ctx, folder)
  const name = validName(spec.name, folder)
  requireUniqueName(tx, folder.value, name)
  const { location } = spec
  if (location.host && location.host.value !== host.value)
    throw fault('InvalidArgument', { invalidProperty: 'spec.location.host' })
  requireNoFixedDevice(config)
  const destination = resolveDestination(tx, source, {
    spec: patch(location, { host, diskMoveType: 'createNewChildDiskBacking' }),
    prefix: 'spec.location',
    copy: true,
    template: false,
    config,
    folder,
  })
  const pool = destination.pool ?? resourcePool
  const need = reservationOf(config)
  const about = { entity: self, template: false }
  emit(ctx, 'VmBeingClonedEvent', {
    ...about,
    destFolder: folderArgument(tx, folder),
    destName: name,
    destHost: hostArgument(tx, host),
  })
  tx.set('VirtualMachine', source, {
    config: patch(withDeltas(ctx, source, config), { changeVersion: changeVersion(ctx), modified: ctx.time }),
  })
  const vm = makeClone(ctx, {
    name,
    template: false,
    destination,
    config,
    from: requireDatacenter(ctx, source),
    deviceChange: location.deviceChange,
    extraConfig: spec.config,
    biosUuid: spec.biosUuid,
  })
  admitFailover(tx, tx.get('ResourcePool', pool.value).owner.value, { vm: vm.value, ...need })
  admitReservation(tx, pool.value, need, vm.value)
  const problem = capacityProblem(tx, vm.value, host.value)
  if (problem) throw problem
  emit(ctx, 'VmClonedEvent', { entity: vm, template: false, sourceVm: vmArgument(tx, self) })
  setPoweredOn(ctx, vm, host)
  return vm
}
