import type { Reader } from '#inventory/reader.js'
import { data, patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  ClusterVmHostRuleInfo,
  ManagedObjectReference,
  VirtualEthernetCard,
  VirtualMachineConfigInfo,
  VirtualMachineRelocateSpec,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { machineOfVm } from '#world/machine.js'
import { answers, vmRewired } from '#world/reach.js'
import { clusterConfig, runningOn } from '../cluster/config.js'
import { countVmotion } from '../cluster/vmotions.js'
import type { Context } from '../core/context.js'
import { capacityProblem, networkProblem } from '../drs/candidates.js'
import { hostCheckFault } from '../drs/host-checks.js'
import { brokenRules } from '../drs/rules.js'
import { connectedConfig, followConnections } from '../dvs/connect.js'
import { emit } from '../event/emit.js'
import { requireOtherHost } from '../fault-tolerance/hosts.js'
import { refuseSecondary } from '../fault-tolerance/turn-on.js'
import { moveIntoFolder } from '../folder/move.js'
import { admitFailover, requireNoFailoverHost } from '../ha/admission.js'
import { requireUniqueName } from '../managed-entity/entity.js'
import { admitReservation, reservationOf } from '../resource-pool/admission.js'
import { cardIn, requireDatacenter, requireHardware } from './clone.js'
import { changedConfig } from './config/configure.js'
import { environment } from './create.js'
import { carryOut, homeOf } from './files.js'
import { guard } from './guards.js'
import { requireVmFolder } from './placement.js'
import { moveFiles, movesFiles } from './relocate-files.js'
import { type Destination, resolveDestination } from './relocate-spec.js'
import { limits, withCards } from './runtime.js'
import { requireVMotion } from './vmotion.js'

/** A move that is allowed: where from, where to, and what of it changes. */
export interface Move {
  readonly vm: string
  readonly from: {
    readonly host: ManagedObjectReference
    readonly datacenter: string
    readonly datastore: string
    readonly pool: ManagedObjectReference | undefined
    readonly folder: ManagedObjectReference
  }
  readonly to: Destination
  readonly config: VirtualMachineConfigInfo
  readonly running: boolean
  readonly host: boolean
  readonly storage: boolean
  readonly pool: boolean
  readonly folder: boolean
}

/**
 * Everything that keeps a VM from going where a specification says, the first reason thrown: what RelocateVM_Task
 * declares. Reads only.
 */
export function planMove(
  ctx: Context,
  self: ManagedObjectReference,
  spec: VirtualMachineRelocateSpec,
  prefix = 'spec',
): Move {
  const { tx } = ctx
  const vm = self.value
  const { config, runtime, parent, resourcePool } = tx.get('VirtualMachine', vm)
  const home = homeOf(tx, vm)
  if (!config || !home || !parent || !runtime.host || runtime.connectionState !== 'connected')
    throw fault('InvalidState', {})
  const datacenter = requireDatacenter(ctx, vm)
  const { template } = config
  const to = resolveDestination(tx, vm, { spec, prefix, copy: false, template, config })
  if ([...to.disks.values()].some(({ moveType }) => moveType === 'createNewChildDiskBacking'))
    throw fault('DiskMoveTypeNotSupported', {})
  const move: Move = {
    vm,
    from: { host: runtime.host, datacenter, datastore: home.datastore, pool: resourcePool, folder: parent },
    to,
    config,
    running: runtime.powerState === 'poweredOn',
    host: to.host.value !== runtime.host.value,
    storage: movesFiles(ctx, vm, datacenter, to),
    pool: to.pool?.value !== resourcePool?.value,
    folder: to.folder.value !== parent.value,
  }
  if (move.storage) guard(ctx, self, 'Relocate', { spec })
  if (move.pool) guard(ctx, self, 'MoveIntoResourcePool', { pool: to.pool })
  if (move.host) guard(ctx, self, 'Migrate', { host: to.host })
  if (move.folder) {
    refuseSecondary(ctx, vm)
    requireVmFolder(ctx, to.folder)
    requireUniqueName(tx, to.folder.value, tx.get('VirtualMachine', vm).name, vm)
  }
  if (move.host) requireHostFor(ctx, move)
  if (move.running) admit(tx, move)
  return move
}

/** The host must be able to hold the VM, and a running one must get there. */
function requireHostFor(ctx: Context, { vm, config, from, to, running }: Move): void {
  const { tx } = ctx
  const target = to.host.value
  requireHardware(ctx, { config, destination: to })
  requireOtherHost(tx, vm, target)
  if (!running) return
  requireNoFailoverHost(tx, tx.get('HostSystem', target).parent?.value, target)
  requireVMotion(tx, vm, config, from.host.value, target)
  requireRules(tx, vm, target)
  const there = to.datacenter === from.datacenter ? config : inDatacenter(tx, config, from.datacenter, to)
  const value = tx.get('VirtualMachine', vm)
  const problem =
    networkProblem({ ...value, config: there }, tx.get('HostSystem', target), tx) ??
    capacityProblem(tx, vm, target) ??
    hostCheckFault(tx, vm, target)
  if (problem) throw problem
}

/** Of the rules of the target's cluster only a mandatory VM-host rule binds somebody who moves a VM by hand. */
function requireRules(read: Reader, vm: string, host: string): void {
  const { parent, name } = read.get('HostSystem', host)
  const config = clusterConfig(read, parent?.value)
  if (!config) return
  const running = new Map(runningOn(read, host).map((id) => [id, host] as const))
  const broken = brokenRules({ config, vm, host, running }).find(
    (rule) => rule._typeName === 'ClusterVmHostRuleInfo' && (rule as ClusterVmHostRuleInfo).mandatory,
  )
  if (broken)
    throw fault('VmHostAffinityRuleViolation', {
      vmName: read.get('VirtualMachine', vm).name,
      hostName: name,
    })
}

/** A running VM takes its reservations along: the pool and the cluster that it comes into must have them. */
function admit(read: Reader, { vm, config, from, to, pool }: Move): void {
  if (!pool || !to.pool) return
  const owner = (ref: ManagedObjectReference | undefined) =>
    ref && read.get('ResourcePool', ref.value).owner.value
  const need = reservationOf(config)
  if (owner(from.pool) !== owner(to.pool)) admitFailover(read, owner(to.pool), { vm, ...need })
  admitReservation(read, to.pool.value, need, vm)
}

/** The configuration with its cards on the networks of the same names in another datacenter. */
function inDatacenter(
  read: Reader,
  config: VirtualMachineConfigInfo,
  from: string,
  { datacenter }: Destination,
): VirtualMachineConfigInfo {
  const device = (config.hardware.device ?? []).map((each) =>
    isA(each._typeName, 'VirtualEthernetCard')
      ? cardIn({ read, datacenter }, each as VirtualEthernetCard, { from })
      : each,
  )
  return patch(config, { hardware: patch(config.hardware, { device }) })
}

/** Nothing of the VM would be elsewhere. */
export const isNoMove = ({ host, storage, pool, folder }: Move): boolean =>
  !(host || storage || pool || folder)

/** The VM is where it is to be: its files, its place in the inventory, its host. Emits nothing but what devices ask for. */
export function carryOutMove(ctx: Context, move: Move, spec: VirtualMachineRelocateSpec): void {
  const { tx } = ctx
  const { vm, from, to, running } = move
  const machine = machineOfVm(tx, vm)
  const answered = machine !== undefined && answers(tx, machine)
  moveFiles(ctx, vm, from.datacenter, to)
  if (move.pool) tx.set('VirtualMachine', vm, { resourcePool: to.pool })
  if (from.datacenter !== to.datacenter)
    tx.update('VirtualMachine', vm, ({ config }) => ({
      parent: to.folder,
      config: config && inDatacenter(tx, config, from.datacenter, to),
    }))
  else if (move.folder) moveIntoFolder(ctx, to.folder, [tx.ref(vm)])
  if (spec.deviceChange?.length) changeDevices(ctx, move, spec)
  if (move.host) changeHost(ctx, vm, to.host)
  if (running) vmRewired(ctx, vm, answered)
}

function changeDevices(
  ctx: Context,
  { vm, to, running }: Move,
  { deviceChange }: VirtualMachineRelocateSpec,
): void {
  const { tx } = ctx
  const { config, name, snapshot, runtime } = tx.get('VirtualMachine', vm)
  const home = homeOf(tx, vm)
  if (!config || !home) return
  const env = environment(ctx, {
    datacenter: to.datacenter,
    home,
    name,
    host: to.host,
    files: config.files,
    running,
    hasSnapshots: snapshot !== undefined,
  })
  const changes = data('VirtualMachineConfigSpec', { deviceChange })
  const { config: wanted, files, macs } = changedConfig(env, config, changes)
  const after = connectedConfig(ctx, wanted, { vm, running })
  tx.set('VirtualMachine', vm, { config: after, runtime: withCards(runtime, after) })
  followConnections(ctx, vm, config.hardware.device ?? [], after.hardware.device ?? [])
  carryOut(ctx, files)
  for (const { adapter, mac } of macs)
    emit(ctx, 'VmMacAssignedEvent', { entity: tx.ref(vm), template: config.template, adapter, mac })
}

/** The VM is on another host, running or not; for DRS too. Nothing is checked and nothing told. */
export function changeHost(ctx: Context, vm: string, host: ManagedObjectReference): void {
  const { powerState, host: from } = ctx.tx.get('VirtualMachine', vm).runtime
  if (from && powerState === 'poweredOn') countVmotion(ctx, from.value, host.value)
  ctx.tx.update('VirtualMachine', vm, ({ runtime, config }) => ({
    runtime: patch(runtime, {
      host,
      ...(config ? { maxCpuUsage: limits(ctx.tx, config, host).maxCpuUsage } : {}),
    }),
  }))
}
