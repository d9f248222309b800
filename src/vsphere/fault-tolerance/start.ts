import { fault, type VimFault } from '#vim25/fault.js'
import type { ManagedObjectReference, VirtualMachineNeedSecondaryReason } from '#vim25/generated/types.js'
import { clusterOfVm, haEnabled } from '../cluster/config.js'
import type { InternalTasks } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { startTask } from '../task/task.js'
import { setPoweredOff, setPoweredOn } from '../vm/power.js'
import { admitHalves } from './admission.js'
import { type FoundGroup, groupOf } from './group.js'
import { secondaryHosts } from './hosts.js'
import { movePair } from './states.js'

/** The task that clients wait for in the primary's recentTask (fact sheet A.7). */
export const START_SECONDARY = 'FaultTolerance.PowerOnSecondaryLRO'

/** How long the secondary takes to start and to copy the primary's memory, in seconds. */
const SECONDS = 20

/** Starts the secondary of a running primary in a task of its own, on `host` or on the best there is. */
export function startSecondary(ctx: Context, primary: string, host?: string): ManagedObjectReference {
  const self = ctx.tx.ref(primary)
  return startTask(ctx, {
    key: START_SECONDARY,
    self,
    args: { host },
    behaviour: startTasks[START_SECONDARY],
    descriptionId: START_SECONDARY,
    entity: self,
    parent: ctx.task,
  })
}

/** The primary runs unprotected from now on; its secondary is started if there is HA, an enabled secondary and a host. */
export function needSecondary(
  ctx: Context,
  primary: string,
  reason: VirtualMachineNeedSecondaryReason,
): ManagedObjectReference | undefined {
  const pair = groupOf(ctx.tx, primary)
  if (!pair) return undefined
  movePair(ctx, pair, 'unprotected', reason)
  return canStart(ctx, pair) ? startSecondary(ctx, primary) : undefined
}

function canStart(ctx: Context, pair: FoundGroup): boolean {
  return pair.secondary.enabled && haEnabled(ctx.tx, clusterOfVm(ctx.tx, pair.primary))
}

/** Where the secondary starts, once everybody has admitted it. Throws what the task fails with. */
function placeSecondary(ctx: Context, pair: FoundGroup, wanted: string | undefined): string {
  const { tx, identity } = ctx
  const { suitable } = secondaryHosts(tx, pair.primary, pair.secondary.vm, identity)
  const registered = tx.get('VirtualMachine', pair.secondary.vm).runtime.host?.value
  const host =
    wanted !== undefined && suitable.includes(wanted)
      ? wanted
      : registered !== undefined && suitable.includes(registered)
        ? registered
        : suitable[0]
  if (host === undefined)
    throw fault('NoHostSuitableForFtSecondary', {
      vm: tx.ref(pair.primary),
      vmName: tx.get('VirtualMachine', pair.primary).name,
    })
  admitHalves(tx, [pair.secondary.vm])
  return host
}

function runningPair(ctx: Context, primary: string): FoundGroup {
  const pair = groupOf(ctx.tx, primary)
  if (
    !pair ||
    pair.primary !== primary ||
    ctx.tx.get('VirtualMachine', primary).runtime.powerState !== 'poweredOn'
  )
    throw fault('InvalidState', {})
  return pair
}

interface StartArguments {
  /** Moid of the host that was chosen already. */
  readonly host?: string | undefined
}

export const startTasks = {
  [START_SECONDARY]: {
    seconds: SECONDS,
    stages: [
      (ctx: Context, self: ManagedObjectReference, args: object) => {
        const pair = runningPair(ctx, self.value)
        const host = placeSecondary(ctx, pair, (args as StartArguments).host)
        emit(ctx, 'VmStartingSecondaryEvent', { entity: self })
        setPoweredOn(ctx, pair.secondary.vm, ctx.tx.ref(host), { event: false })
        movePair(ctx, pair, 'synchronising')
      },
    ],
    run(ctx: Context, self: ManagedObjectReference) {
      const pair = runningPair(ctx, self.value)
      if (ctx.tx.get('VirtualMachine', pair.secondary.vm).runtime.powerState !== 'poweredOn')
        throw fault('InvalidState', {})
      emit(ctx, 'VmSecondaryStartedEvent', { entity: self })
      movePair(ctx, pair, 'protected')
    },
    failed(ctx: Context, self: ManagedObjectReference, _args: object, error: VimFault) {
      const pair = groupOf(ctx.tx, self.value)
      if (!pair || !ctx.tx.entity(self.value)) return
      if (error.fault._typeName === 'NoHostSuitableForFtSecondary')
        emit(ctx, 'VmNoCompatibleHostForSecondaryEvent', { entity: self })
      else emit(ctx, 'VmFailedStartingSecondaryEvent', { entity: self })
      stopSecondary(ctx, pair)
      if (ctx.tx.get('VirtualMachine', pair.primary).runtime.powerState === 'poweredOn')
        movePair(ctx, pair, 'unprotected', needReason(ctx, pair.primary))
    },
  },
} satisfies InternalTasks

function needReason(ctx: Context, primary: string): VirtualMachineNeedSecondaryReason {
  const reason = ctx.tx.get('VirtualMachine', primary).runtime.needSecondaryReason
  return (reason as VirtualMachineNeedSecondaryReason | undefined) ?? 'other'
}

/** The secondary's VM runs no more; its power event is not news, the pair's state change is. */
export function stopSecondary(ctx: Context, pair: FoundGroup, event = false): void {
  if (ctx.tx.get('VirtualMachine', pair.secondary.vm).runtime.powerState === 'poweredOn')
    setPoweredOff(ctx, pair.secondary.vm, { event })
}
