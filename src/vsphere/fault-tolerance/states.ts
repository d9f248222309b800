import { patch } from '#vim25/data.js'
import type {
  VirtualMachineFaultToleranceState,
  VirtualMachineNeedSecondaryReason,
} from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import type { FoundGroup } from './group.js'

/**
 * Where each transition of a pair leads (fact sheet A.4). `on`: the primary is powered on. A state that the pair is in
 * already gives no event.
 */
export const PAIR_STATES = {
  /** The pair exists, nothing runs. */
  atRest: { primary: 'enabled', secondary: 'enabled' },
  /** The primary runs unprotected. */
  unprotected: { primary: 'needSecondary', secondary: 'enabled' },
  /** The secondary is being brought level with the primary. */
  synchronising: { primary: 'starting', secondary: 'starting' },
  protected: { primary: 'running', secondary: 'running' },
  /** Fault Tolerance is suspended. */
  disabled: { primary: 'disabled', secondary: 'disabled' },
  /** Fault Tolerance is turned off. */
  off: { primary: 'notConfigured', secondary: 'notConfigured' },
} as const satisfies Record<
  string,
  Readonly<Record<'primary' | 'secondary', VirtualMachineFaultToleranceState>>
>

export type PairState = keyof typeof PAIR_STATES

/** Moves both halves, the primary first. `reason` is why a secondary is needed, with `unprotected`. */
export function movePair(
  ctx: Context,
  pair: Pick<FoundGroup, 'primary' | 'secondary'>,
  state: PairState,
  reason?: VirtualMachineNeedSecondaryReason,
): void {
  const { primary, secondary } = PAIR_STATES[state]
  setState(ctx, pair.primary, primary, reason)
  if (ctx.tx.entity(pair.secondary.vm)) setState(ctx, pair.secondary.vm, secondary)
}

export function stateOf(ctx: Pick<Context, 'tx'>, vm: string): VirtualMachineFaultToleranceState {
  return ctx.tx.get('VirtualMachine', vm).runtime.faultToleranceState
}

/** One VM's state with its VmFaultToleranceStateChangedEvent. */
export function setState(
  ctx: Context,
  vm: string,
  newState: VirtualMachineFaultToleranceState,
  reason?: VirtualMachineNeedSecondaryReason,
): void {
  const { runtime } = ctx.tx.get('VirtualMachine', vm)
  const oldState = runtime.faultToleranceState
  const needSecondaryReason = newState === 'needSecondary' ? reason : undefined
  if (oldState === newState && runtime.needSecondaryReason === needSecondaryReason) return
  ctx.tx.set('VirtualMachine', vm, {
    runtime: patch(runtime, { faultToleranceState: newState, needSecondaryReason }),
  })
  if (oldState !== newState)
    emit(ctx, 'VmFaultToleranceStateChangedEvent', { entity: ctx.tx.ref(vm), oldState, newState })
}
