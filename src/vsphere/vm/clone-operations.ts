import { recordKind } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import { fault, localized, type VimFault } from '#vim25/fault.js'
import type {
  ManagedObjectReference,
  VirtualMachineCloneSpec,
  VirtualMachineConfigInfo,
} from '#vim25/generated/types.js'
import { requirePrivilege } from '../authorization/check.js'
import { operations, type TaskBehaviour } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { requireUniqueName, validName } from '../managed-entity/entity.js'
import { requireOperable, requirePowerState } from './admit.js'
import { makeClone, type NewClone, requireDatacenter, requireHardware } from './clone.js'
import { requestCustomization } from './customization.js'
import { copySeconds } from './disk-chain.js'
import { folderArgument, hostArgument, vmArgument } from './event-arguments.js'
import { guard } from './guards.js'
import { instantClone } from './instant-clone.js'
import { requireVmFolder } from './placement.js'
import { start } from './power-operations.js'
import { authorizePlace, resolveDestination } from './relocate-spec.js'

interface CloneArgs {
  readonly folder: ManagedObjectReference
  readonly name: string
  readonly spec: VirtualMachineCloneSpec
}

/** What a clone task has made so far: the VM stays when only its power-on fails (deviation 39). Record `clone:<task>`. */
const clones = recordKind<{ readonly vm: string }>('clone')
const cloneId = (ctx: Context) => `clone:${ctx.task?.value ?? ''}`

/** Checks everything that can be known beforehand; reads only. */
export function planClone(
  ctx: Context,
  self: ManagedObjectReference,
  { folder, name, spec }: CloneArgs,
): NewClone {
  const { tx } = ctx
  const { config: present, runtime } = tx.get('VirtualMachine', self.value)
  if (!present || runtime.connectionState !== 'connected') throw fault('InvalidState', {})
  guard(ctx, self, 'Clone', { folder, name, spec })
  requireVmFolder(ctx, folder)
  const valid = validName(name, folder)
  requireUniqueName(tx, folder.value, valid)
  if (spec.memory) throw fault('NotSupported', {})
  if (spec.template && spec.powerOn) throw fault('InvalidArgument', { invalidProperty: 'spec.powerOn' })
  const config = savedConfig(tx, self, spec, present)
  const destination = resolveDestination(tx, self.value, {
    spec: spec.location,
    prefix: 'spec.location',
    copy: true,
    template: spec.template,
    config,
    folder,
  })
  const linked = [...destination.disks.values()].some(
    ({ moveType }) => moveType === 'createNewChildDiskBacking',
  )
  // The disks of a template do not change any more: they can be based on as they are (deviation 40).
  if (linked && !spec.snapshot && !present.template)
    throw fault('InvalidArgument', { invalidProperty: 'spec.snapshot' })
  const clone: NewClone = {
    name: valid,
    template: spec.template,
    destination,
    config,
    from: requireDatacenter(ctx, self.value),
    changes: spec.config,
    deviceChange: spec.location.deviceChange,
  }
  requireHardware(ctx, clone)
  return clone
}

/** The state that is cloned: the present one, or that of a snapshot of this VM. */
function savedConfig(
  read: Reader,
  self: ManagedObjectReference,
  { snapshot }: VirtualMachineCloneSpec,
  present: VirtualMachineConfigInfo,
): VirtualMachineConfigInfo {
  if (!snapshot) return present
  const saved = read.find('VirtualMachineSnapshot', snapshot.value)
  if (!saved) throw fault('ManagedObjectNotFound', { obj: snapshot })
  if (saved.vm.value !== self.value) throw fault('InvalidArgument', { invalidProperty: 'spec.snapshot' })
  return saved.config
}

/** A VM that is made from a template is deployed, everything else is cloned. */
const isDeployment = (read: Reader, self: ManagedObjectReference, { template }: VirtualMachineCloneSpec) =>
  (read.get('VirtualMachine', self.value).config?.template ?? false) && !template

function announce(ctx: Context, self: ManagedObjectReference, args: CloneArgs): void {
  const { destination } = planClone(ctx, self, args)
  if (isDeployment(ctx.tx, self, args.spec)) return
  emit(ctx, 'VmBeingClonedEvent', {
    entity: self,
    template: ctx.tx.get('VirtualMachine', self.value).config?.template ?? false,
    destFolder: folderArgument(ctx.tx, args.folder),
    destName: args.name,
    destHost: hostArgument(ctx.tx, destination.host),
  })
}

function make(ctx: Context, self: ManagedObjectReference, args: CloneArgs): void {
  const { tx } = ctx
  const { spec } = args
  const vm = makeClone(ctx, planClone(ctx, self, args))
  const about = { entity: vm, template: spec.template }
  if (isDeployment(tx, self, spec)) {
    const srcTemplate = vmArgument(tx, self)
    emit(ctx, 'VmBeingDeployedEvent', { ...about, srcTemplate })
    emit(ctx, 'VmDeployedEvent', { ...about, srcTemplate })
  } else emit(ctx, 'VmClonedEvent', { ...about, sourceVm: vmArgument(tx, self) })
  if (spec.customization) requestCustomization(ctx, vm.value, spec.customization)
  tx.create(clones, cloneId(ctx), { vm: vm.value })
}

function failed(ctx: Context, self: ManagedObjectReference, args: CloneArgs, error: VimFault): void {
  const { tx } = ctx
  const made = tx.find(clones, cloneId(ctx))
  const reason = localized(error)
  if (made) {
    tx.remove(cloneId(ctx))
    // Somebody may have removed it meanwhile.
    const vm = tx.entity(made.vm)?.ref
    if (vm) emit(ctx, 'VmFailedToPowerOnEvent', { entity: vm, template: false, reason })
    return
  }
  const { config, runtime, datastore } = tx.get('VirtualMachine', self.value)
  const template = config?.template ?? false
  if (isDeployment(tx, self, args.spec)) {
    const target = args.spec.location.datastore ?? datastore?.[0]
    const name = target ? tx.get('Datastore', target.value).name : ''
    const destDatastore = data('EntityEventArgument', { name })
    emit(ctx, 'VmDeployFailedEvent', { entity: self, template, destDatastore, reason })
    return
  }
  const host = args.spec.location.host ?? runtime.host
  if (!host) return
  emit(ctx, 'VmCloneFailedEvent', {
    entity: self,
    template,
    destFolder: folderArgument(tx, args.folder),
    destName: args.name,
    destHost: hostArgument(tx, host),
    reason,
  })
}

/** What the documentation of CloneVM_Task asks for, by what is made of what. */
function privilegeFor(from: boolean, to: boolean): string {
  if (from) return `VirtualMachine.Provisioning.${to ? 'CloneTemplate' : 'DeployTemplate'}`
  return `VirtualMachine.Provisioning.${to ? 'CreateTemplateFromVM' : 'Clone'}`
}

function authorize(ctx: Context, self: ManagedObjectReference, { folder, spec }: CloneArgs): void {
  const { tx, session } = ctx
  const { config, resourcePool, datastore, network } = tx.get('VirtualMachine', self.value)
  requirePrivilege(tx, session, self, privilegeFor(config?.template ?? false, spec.template))
  requirePrivilege(tx, session, folder, 'VirtualMachine.Inventory.CreateFromExisting')
  if (spec.customization) requirePrivilege(tx, session, self, 'VirtualMachine.Provisioning.Customize')
  const pool = spec.template ? undefined : (spec.location.pool ?? resourcePool)
  const usual = spec.location.datastore ?? datastore?.[0]
  authorizePlace(ctx, { ...spec.location, pool, datastore: usual })
  for (const ref of network ?? []) requirePrivilege(tx, session, ref, 'Network.Assign')
}

const clone: TaskBehaviour<CloneArgs, ManagedObjectReference> = {
  seconds: (ctx, self, { spec }) =>
    5 + (spec.location.diskMoveType === 'createNewChildDiskBacking' ? 0 : copySeconds(ctx.tx, self.value)),
  before: authorize,
  stages: [announce, make],
  run(ctx, _self, { spec }) {
    const { tx } = ctx
    const vm = tx.ref(tx.get(clones, cloneId(ctx)).vm)
    tx.remove(cloneId(ctx))
    if (spec.powerOn) start(ctx, vm, spec.location.host)
    return vm
  },
  failed,
}

export const cloneOperations = operations('VirtualMachine', {
  CloneVM_Task: clone,

  InstantClone_Task: {
    seconds: 3,
    run: (ctx, self, { spec }) => instantClone(ctx, self, spec),
  },

  CustomizeVM_Task: {
    seconds: 3,
    run(ctx, self, { spec }) {
      requireOperable(ctx.tx, self.value)
      requirePowerState(ctx.tx, self.value, ['poweredOff'], 'poweredOff')
      guard(ctx, self, 'Customize')
      requestCustomization(ctx, self.value, spec)
    },
  },
})
