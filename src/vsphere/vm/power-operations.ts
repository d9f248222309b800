import { unboxed } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import { fault, localized, VimFault } from '#vim25/fault.js'
import type {
  ClusterAttemptedVmInfo,
  ClusterNotAttemptedVmInfo,
  ClusterRecommendation,
  ManagedObjectReference,
} from '#vim25/generated/types.js'
import { vmReset } from '#world/nested.js'
import { operations, type TaskBehaviour } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { powerOnPlacement } from '../drs/placement.js'
import { recommendPowerOn } from '../drs/recommendations.js'
import { emit } from '../event/emit.js'
import { startTask } from '../task/task.js'
import { admitPowerOn, isPlacedByDrs, requireOperable, requirePowerState } from './admit.js'
import { guard } from './guards.js'
import { runningGuest } from './guest.js'
import { setPoweredOff, setPoweredOn, setSuspended } from './power.js'
import { powerHooks } from './power-hooks.js'
import { poweredOnRuntime } from './runtime.js'

const about = (entity: ManagedObjectReference) => ({ entity, template: false })

/** A VM runs because somebody wanted it, if it is admitted. Throws what PowerOnVM_Task declares. */
export function start(
  ctx: Context,
  self: ManagedObjectReference,
  wanted: ManagedObjectReference | undefined,
): void {
  const host = admitPowerOn(ctx, self, wanted)
  const { powerState } = ctx.tx.get('VirtualMachine', self.value).runtime
  emit(ctx, powerState === 'suspended' ? 'VmResumingEvent' : 'VmStartingEvent', about(self))
  // Where DRS decides, its own event says so and no other (deviation 28).
  const event = isPlacedByDrs(ctx.tx, self.value) ? 'DrsVmPoweredOnEvent' : 'VmPoweredOnEvent'
  setPoweredOn(ctx, self, host, { event })
}

const powerOn: TaskBehaviour<{ readonly host?: ManagedObjectReference | undefined }, void> = {
  seconds: 3,
  run: (ctx, self, { host }) => start(ctx, self, host),
  failed(ctx, self, _args, error) {
    emit(ctx, 'VmFailedToPowerOnEvent', { ...about(self), reason: localized(error) })
  },
}

/** A reset of a running VM: the guest begins anew; a nested ESXi boots again. */
export function resetVm(ctx: Context, vm: string): void {
  const { tx } = ctx
  const { config, runtime } = tx.get('VirtualMachine', vm)
  if (!config || !runtime.host || runtime.powerState !== 'poweredOn') return
  tx.set('VirtualMachine', vm, {
    runtime: poweredOnRuntime(tx, runtime, config, runtime.host, ctx.time),
    guest: runningGuest(tx, vm, config),
  })
  vmReset(ctx, vm)
}

export const vmPowerOperations = operations('VirtualMachine', {
  PowerOnVM_Task: powerOn,

  PowerOffVM_Task: {
    seconds: 2,
    run(ctx, self) {
      guard(ctx, self, 'PowerOff')
      requireOperable(ctx.tx, self.value)
      requirePowerState(ctx.tx, self.value, ['poweredOn', 'suspended'], 'poweredOff')
      emit(ctx, 'VmStoppingEvent', about(self))
      stop(ctx, self.value, false)
    },
    failed(ctx, self, _args, error) {
      emit(ctx, 'VmFailedToPowerOffEvent', { ...about(self), reason: localized(error) })
    },
  },

  ResetVM_Task: {
    seconds: 2,
    run(ctx, self) {
      guard(ctx, self, 'Reset')
      requireOperable(ctx.tx, self.value)
      requirePowerState(ctx.tx, self.value, ['poweredOn'], 'poweredOn')
      emit(ctx, 'VmResettingEvent', about(self))
      resetVm(ctx, self.value)
    },
    failed(ctx, self, _args, error) {
      emit(ctx, 'VmFailedToResetEvent', { ...about(self), reason: localized(error) })
    },
  },

  SuspendVM_Task: {
    seconds: 5,
    run(ctx, self) {
      guard(ctx, self, 'Suspend')
      requireOperable(ctx.tx, self.value)
      requirePowerState(ctx.tx, self.value, ['poweredOn'], 'suspended')
      emit(ctx, 'VmSuspendingEvent', about(self))
      setSuspended(ctx, self)
      for (const hook of powerHooks) hook.poweredOff(ctx, self.value)
    },
    failed(ctx, self, _args, error) {
      emit(ctx, 'VmFailedToSuspendEvent', { ...about(self), reason: localized(error) })
    },
  },

  /** Ends the VM at once, without waiting for anything. */
  TerminateVM(ctx, self) {
    guard(ctx, self, 'PowerOff')
    requireOperable(ctx.tx, self.value)
    if (ctx.tx.get('VirtualMachine', self.value).runtime.powerState !== 'poweredOn')
      throw fault('InvalidState', {})
    stop(ctx, self.value, false)
  },
})

/** Off because somebody wanted it: the other families follow. */
export function stop(ctx: Context, vm: string, clean: boolean): void {
  setPoweredOff(ctx, vm, { clean })
  for (const hook of powerHooks) hook.poweredOff(ctx, vm)
}

/** How one VM of a group fares. */
interface Fate {
  readonly attempted?: ClusterAttemptedVmInfo
  readonly notAttempted?: ClusterNotAttemptedVmInfo
  readonly recommendations?: readonly ClusterRecommendation[]
}

/** Tells what is wrong before there is a task, else starts one; DRS on manual only recommends. */
function attempt(ctx: Context, vm: ManagedObjectReference, override: boolean): Fate {
  const { tx } = ctx
  try {
    const { config, resourcePool } = tx.get('VirtualMachine', vm.value)
    if (config?.template) throw fault('NotSupported', {})
    requirePowerState(tx, vm.value, ['poweredOff', 'suspended'], 'poweredOn')
    const owner = resourcePool && tx.find('ResourcePool', resourcePool.value)?.owner.value
    if (owner !== undefined && !override && isPlacedByDrs(tx, vm.value)) {
      const placement = powerOnPlacement(tx, vm.value, owner)
      if (placement.kind === 'recommend')
        return { recommendations: recommendPowerOn(ctx, owner, vm, placement.hosts) }
      if (placement.kind === 'none') throw placement.fault
    }
  } catch (error) {
    if (!(error instanceof VimFault)) throw error
    return { notAttempted: data('ClusterNotAttemptedVmInfo', { vm, fault: localized(error) }) }
  }
  const task = startTask(ctx, {
    key: 'VirtualMachine.PowerOnVM_Task',
    self: vm,
    args: {},
    behaviour: powerOn as TaskBehaviour,
    descriptionId: 'VirtualMachine.powerOn',
    name: 'PowerOnVM_Task',
    entity: vm,
    parent: ctx.task,
  })
  return { attempted: data('ClusterAttemptedVmInfo', { vm, task }) }
}

export const multiPowerOperations = operations('Datacenter', {
  PowerOnMultiVM_Task: {
    run(ctx, _self, { vm, option }) {
      const override = (option ?? []).some(
        ({ key, value }) => key === 'OverrideAutomationLevel' && unboxed(value) !== undefined,
      )
      const fates = vm.map((each) => attempt(ctx, each, override))
      return data('ClusterPowerOnVmResult', {
        attempted: fates.flatMap((fate) => fate.attempted ?? []),
        notAttempted: fates.flatMap((fate) => fate.notAttempted ?? []),
        recommendations: fates.flatMap((fate) => fate.recommendations ?? []),
      })
    },
  },
})
