import type { Reader } from '#inventory/reader.js'
import { fault, type VimFault } from '#vim25/fault.js'
import type { ManagedObjectReference, VirtualMachineNeedSecondaryReason } from '#vim25/generated/types.js'
import { clusterOfVm, haEnabled } from '../cluster/config.js'
import type { InternalTasks } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { emitHa } from '../ha/events.js'
import { startTask, taskWork } from '../task/task.js'
import { setPoweredOff, setPoweredOn } from '../vm/power.js'
import { admitPair, admitReplacement } from './admission.js'
import { type FoundGroup, groupOf, hostOf } from './group.js'
import { secondaryHosts } from './hosts.js'
import { movePair, stateOf } from './states.js'

/** The task that clients wait for in the primary's recentTask (fact sheet A.7). */
export const START_SECONDARY = 'FaultTolerance.PowerOnSecondaryLRO'

/** How long the secondary takes to start and to copy the primary's memory, in seconds. */
const SECONDS = 20

interface StartArguments {
  /** Moid of the host that was chosen already. */
  readonly host?: string | undefined
  /** The secondary replaces one that was lost: HA says how that went, and admission control does not stop it. */
  readonly replacement?: boolean | undefined
}

/** Starts the secondary of a running primary in a task of its own, on `host` or on the best there is. */
export function startSecondary(
  ctx: Context,
  primary: string,
  args: StartArguments = {},
): ManagedObjectReference {
  const self = ctx.tx.ref(primary)
  return startTask(ctx, {
    key: START_SECONDARY,
    self,
    args: { ...args },
    behaviour: startTasks[START_SECONDARY],
    descriptionId: START_SECONDARY,
    entity: self,
    parent: ctx.task,
  })
}

/** True while a start of this primary's secondary is on its way. */
export function isStarting(read: Reader, primary: string): boolean {
  for (const id of read.ids(taskWork)) {
    const { key, self } = read.get(taskWork, id)
    if (key === START_SECONDARY && self.value === primary) return true
  }
  return false
}

/** The primary runs unprotected from now on; its secondary is started if it is enabled and there is HA. */
export function needSecondary(
  ctx: Context,
  primary: string,
  reason: VirtualMachineNeedSecondaryReason,
): ManagedObjectReference | undefined {
  const pair = groupOf(ctx.tx, primary)
  if (!pair) return undefined
  movePair(ctx, pair, 'unprotected', reason)
  if (!pair.secondary.enabled || !haEnabled(ctx.tx, clusterOfVm(ctx.tx, primary))) return undefined
  return startSecondary(ctx, primary, { replacement: reason === 'lostConnection' })
}

/** Where the secondary starts, once everybody has admitted it. Throws what the task fails with. */
function placeSecondary(
  ctx: Context,
  pair: FoundGroup,
  { host: wanted, replacement }: StartArguments,
): string {
  const { tx, identity } = ctx
  const { suitable } = secondaryHosts(tx, pair.primary, pair.secondary.vm, identity)
  const registered = hostOf(tx, pair.secondary.vm)?.value
  const host =
    suitable.find((each) => each === wanted) ?? suitable.find((each) => each === registered) ?? suitable[0]
  if (host === undefined)
    throw fault('NoHostSuitableForFtSecondary', {
      vm: tx.ref(pair.primary),
      vmName: tx.get('VirtualMachine', pair.primary).name,
    })
  if (replacement) admitReplacement(tx, pair.secondary.vm)
  else admitPair(tx, pair)
  return host
}

function runningPair(ctx: Context, primary: string): FoundGroup {
  const pair = groupOf(ctx.tx, primary)
  if (pair?.primary !== primary || ctx.tx.get('VirtualMachine', primary).runtime.powerState !== 'poweredOn')
    throw fault('InvalidState', {})
  return pair
}

export const startTasks = {
  [START_SECONDARY]: {
    seconds: SECONDS,
    stages: [
      (ctx: Context, self: ManagedObjectReference, args: StartArguments) => {
        const pair = runningPair(ctx, self.value)
        const host = placeSecondary(ctx, pair, args)
        emit(ctx, 'VmStartingSecondaryEvent', { entity: self })
        setPoweredOn(ctx, pair.secondary.vm, ctx.tx.ref(host), { event: false })
        movePair(ctx, pair, 'synchronising')
      },
    ],
    run(ctx: Context, self: ManagedObjectReference, args: StartArguments) {
      const pair = runningPair(ctx, self.value)
      if (ctx.tx.get('VirtualMachine', pair.secondary.vm).runtime.powerState !== 'poweredOn')
        throw fault('InvalidState', {})
      emit(ctx, 'VmSecondaryStartedEvent', { entity: self })
      movePair(ctx, pair, 'protected')
      if (args.replacement) emitReplaced(ctx, pair, true)
    },
    failed(ctx: Context, self: ManagedObjectReference, args: StartArguments, error: VimFault) {
      const pair = groupOf(ctx.tx, self.value)
      if (pair?.primary !== self.value) return
      if (error.fault._typeName === 'NoHostSuitableForFtSecondary')
        emit(ctx, 'VmNoCompatibleHostForSecondaryEvent', { entity: self })
      else emit(ctx, 'VmFailedStartingSecondaryEvent', { entity: self })
      stopSecondary(ctx, pair)
      if (stateOf(ctx, pair.primary) === 'starting') movePair(ctx, pair, 'unprotected', 'other')
      if (args.replacement) emitReplaced(ctx, pair, false)
    },
  },
} satisfies InternalTasks

/** HA says whether it could start a secondary in the place of a lost one (fact sheet A.4). */
function emitReplaced(ctx: Context, { primary, secondary }: FoundGroup, succeeded: boolean): void {
  const host = hostOf(ctx.tx, secondary.vm)
  const { config } = ctx.tx.get('VirtualMachine', secondary.vm)
  const id = `com.vmware.vc.HA.StartFTSecondary${succeeded ? 'Succeeded' : 'Failed'}Event` as const
  emitHa(ctx, id, ctx.tx.ref(primary), {
    arguments: {
      secondaryHost: host ? ctx.tx.get('HostSystem', host.value).name : '',
      secondaryCfgPath: config?.files.vmPathName ?? '',
    },
  })
}

/** The secondary's VM runs no more; its power event is not news, the pair's state change is. */
export function stopSecondary(ctx: Context, pair: FoundGroup, event = false): void {
  if (ctx.tx.get('VirtualMachine', pair.secondary.vm).runtime.powerState === 'poweredOn')
    setPoweredOff(ctx, pair.secondary.vm, { event })
}
