import { data, patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  ManagedObjectReference,
  VirtualMachineConfigInfo,
  VirtualMachineConfigSpec,
} from '#vim25/generated/types.js'
import { machineOfVm } from '#world/machine.js'
import { answers, vmRewired } from '#world/reach.js'
import { clusterOfVm } from '../cluster/config.js'
import type { Context } from '../core/context.js'
import { capacityProblem } from '../drs/candidates.js'
import { connectedConfig, followConnections } from '../dvs/connect.js'
import { emit } from '../event/emit.js'
import { followRename } from '../fault-tolerance/rename.js'
import { admitFailover } from '../ha/admission.js'
import { datacenterOf, requireUniqueName, validName } from '../managed-entity/entity.js'
import { admitReservation, reservationOf } from '../resource-pool/admission.js'
import { changedPaths } from './changes.js'
import { limitsFor } from './config/check.js'
import { changedConfig } from './config/configure.js'
import { changeVersion, environment } from './create.js'
import { carryOut, homeOf } from './files.js'
import { guard } from './guards.js'
import { hasTools, silentGuest } from './guest.js'
import { versionKey, versionNumber } from './hardware-version.js'
import { limits, withCards } from './runtime.js'

/**
 * Changes a VM by a spec: devices, sizes, settings, name. Everything is checked before anything is written. Throws what
 * ReconfigVM_Task declares.
 */
export function reconfigure(
  ctx: Context,
  self: ManagedObjectReference,
  spec: VirtualMachineConfigSpec,
): void {
  const { tx } = ctx
  const vm = self.value
  const before = tx.get('VirtualMachine', vm)
  const { config, runtime } = before
  const home = homeOf(tx, vm)
  const datacenter = datacenterOf(tx, vm)
  if (!config || !home || datacenter === undefined || runtime.connectionState !== 'connected')
    throw fault('InvalidState', {})
  if (spec.changeVersion && spec.changeVersion !== config.changeVersion) throw fault('ConcurrentAccess', {})
  guard(ctx, self, 'Reconfig', { spec })
  if (config.template && Object.keys(spec).some((name) => !HARMLESS.has(name)))
    throw fault('NotSupported', {})
  requireSameVersion(spec, config.version)
  const name = spec.name === undefined ? before.name : newName(ctx, self, spec.name)
  const running = runtime.powerState === 'poweredOn'
  const machine = machineOfVm(tx, vm)
  const answered = machine !== undefined && answers(tx, machine)
  const env = environment(ctx, {
    datacenter,
    home,
    name,
    host: runtime.host,
    files: config.files,
    running,
    hasSnapshots: before.snapshot !== undefined,
  })
  const { config: wanted, files, macs } = changedConfig(env, config, spec)
  const after = connectedConfig(ctx, wanted, { vm, running })
  if (running) admitGrowth(ctx, vm, reservationOf(config), reservationOf(after))
  tx.set('VirtualMachine', vm, {
    name,
    config: after,
    runtime: withCards(patch(runtime, limits(tx, after, runtime.host)), after),
    ...(running || hasTools(config) === hasTools(after) ? {} : { guest: silentGuest(after) }),
  })
  if (name !== before.name) followRename(ctx, vm)
  followConnections(ctx, vm, config.hardware.device ?? [], after.hardware.device ?? [])
  carryOut(ctx, files)
  if (running) vmRewired(ctx, vm, answered)
  if (name !== before.name)
    emit(ctx, 'VmRenamedEvent', {
      entity: self,
      template: config.template,
      oldName: before.name,
      newName: name,
    })
  tellOfIdentity(ctx, self, config, after)
  for (const { adapter, mac } of macs)
    emit(ctx, 'VmMacAssignedEvent', { entity: self, template: config.template, adapter, mac })
  emit(ctx, 'VmReconfiguredEvent', {
    entity: self,
    template: config.template,
    configSpec: spec,
    configChanges: data('ChangesInfoEventArgument', changedPaths(config, after)),
  })
}

/** UUIDs by which others know the VM. */
function tellOfIdentity(
  ctx: Context,
  entity: ManagedObjectReference,
  before: VirtualMachineConfigInfo,
  after: VirtualMachineConfigInfo,
): void {
  const about = { entity, template: before.template }
  if (after.uuid !== before.uuid)
    emit(ctx, 'VmUuidChangedEvent', { ...about, oldUuid: before.uuid, newUuid: after.uuid })
  if (after.instanceUuid !== before.instanceUuid)
    emit(ctx, 'VmInstanceUuidChangedEvent', {
      ...about,
      oldInstanceUuid: before.instanceUuid ?? '',
      newInstanceUuid: after.instanceUuid ?? '',
    })
}

/** What can be changed of a template: what it is called and what is noted on it. */
const HARMLESS = new Set(['_typeName', 'name', 'annotation', 'changeVersion', 'managedBy', 'extraConfig'])

/** The hardware version changes by an upgrade only. */
function requireSameVersion(spec: VirtualMachineConfigSpec, version: string): void {
  if (spec.version !== undefined && spec.version !== '' && spec.version !== version)
    throw fault('InvalidArgument', { invalidProperty: 'configSpec.version' })
}

function newName(ctx: Context, self: ManagedObjectReference, wanted: string): string {
  const name = validName(wanted, self)
  const { parent, name: present } = ctx.tx.get('VirtualMachine', self.value)
  if (parent && name !== present) requireUniqueName(ctx.tx, parent.value, name, self.value)
  return name
}

/** A running VM that reserves more is admitted anew: by HA, by its pool, by its host (fact sheet E.1). */
function admitGrowth(
  ctx: Context,
  vm: string,
  before: ReturnType<typeof reservationOf>,
  after: ReturnType<typeof reservationOf>,
): void {
  if (after.memoryBytes <= before.memoryBytes && after.cpuMHz <= before.cpuMHz) return
  const { tx } = ctx
  const { resourcePool, runtime } = tx.get('VirtualMachine', vm)
  admitFailover(tx, clusterOfVm(tx, vm), { vm, ...after })
  if (resourcePool) admitReservation(tx, resourcePool.value, after, vm)
  const problem = runtime.host && capacityProblem(tx, vm, runtime.host.value, after)
  if (problem) throw problem
}

/** Brings a VM that is off to a newer hardware version. Throws AlreadyUpgraded, and InvalidArgument for a bad version. */
export function upgradeHardware(
  ctx: Context,
  self: ManagedObjectReference,
  wanted: string | undefined,
): void {
  const { tx } = ctx
  const { config, runtime } = tx.get('VirtualMachine', self.value)
  guard(ctx, self, 'Reconfig', { spec: data('VirtualMachineConfigSpec', { version: wanted }) })
  if (!config) throw fault('InvalidState', {})
  const version = upgradeTarget(ctx, runtime.host, wanted)
  if (versionNumber(config.version) === version) throw fault('AlreadyUpgraded', {})
  if ((versionNumber(config.version) ?? 0) > version)
    throw fault('InvalidArgument', { invalidProperty: 'version' })
  emit(ctx, 'VmUpgradingEvent', { entity: self, template: false, version: versionKey(version) })
  tx.set('VirtualMachine', self.value, {
    config: patch(config, {
      version: versionKey(version),
      changeVersion: changeVersion(ctx),
      modified: ctx.time,
    }),
  })
  emit(ctx, 'VmUpgradeCompleteEvent', { entity: self, template: false, version: versionKey(version) })
}

function upgradeTarget(
  ctx: Context,
  host: ManagedObjectReference | undefined,
  wanted: string | undefined,
): number {
  const { newest } = limitsFor(ctx.tx, host, ctx.identity.productVersion)
  const version = wanted === undefined || wanted === '' ? newest : versionNumber(wanted)
  if (version === undefined || version > newest)
    throw fault('InvalidArgument', { invalidProperty: 'version' })
  return version
}
