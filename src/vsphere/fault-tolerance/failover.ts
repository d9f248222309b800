import { patch } from '#vim25/data.js'
import { VimFault } from '#vim25/fault.js'
import type { VirtualMachineNeedSecondaryReason } from '#vim25/generated/types.js'
import { clusterOfVm, haEnabled } from '../cluster/config.js'
import type { Work } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { setPoweredOff } from '../vm/power.js'
import { admitPair, admitReplacement } from './admission.js'
import { allGroups, type FoundGroup, groupOf, hostOf, swapRoles } from './group.js'
import { secondaryHosts } from './hosts.js'
import { isStarting, needSecondary, startSecondary, stopSecondary } from './start.js'
import { setState, stateOf } from './states.js'

/**
 * The secondary takes over: the primary is gone or made to go, roles swap, and the old primary's VM becomes the
 * secondary that is needed now (fact sheet A.4).
 */
export function promote(ctx: Context, pair: FoundGroup, reason: VirtualMachineNeedSecondaryReason): void {
  const { tx } = ctx
  emit(ctx, 'VmFaultToleranceVmTerminatedEvent', { entity: tx.ref(pair.primary), reason })
  if (tx.get('VirtualMachine', pair.primary).runtime.powerState === 'poweredOn')
    setPoweredOff(ctx, pair.primary, { event: false })
  swapRoles(tx, pair.id)
  emit(ctx, 'VmPrimaryFailoverEvent', { entity: tx.ref(pair.secondary.vm), reason })
  setState(ctx, pair.primary, 'enabled')
  relocateSecondary(ctx, pair.secondary.vm)
  needSecondary(ctx, pair.secondary.vm, reason)
}

/** A secondary whose host is lost is registered on one that can take it. */
function relocateSecondary(ctx: Context, primary: string): void {
  const pair = groupOf(ctx.tx, primary)
  if (!pair) return
  const { suitable } = secondaryHosts(ctx.tx, primary, pair.secondary.vm, ctx.identity)
  const registered = hostOf(ctx.tx, pair.secondary.vm)
  const [best] = suitable
  if (best === undefined || (registered && suitable.includes(registered.value))) return
  ctx.tx.update('VirtualMachine', pair.secondary.vm, ({ runtime }) => ({
    runtime: patch(runtime, { host: ctx.tx.ref(best), connectionState: 'connected' }),
  }))
}

/**
 * A host does not answer any more: pairs with a half on it fail over, or get a new secondary. A primary that was not
 * protected is restarted by HA like any other VM, and its secondary follows it.
 */
export const hostLost: Work = (ctx, refs) => {
  const host = String(refs.host)
  if (ctx.tx.find('HostSystem', host)?.runtime.connectionState !== 'notResponding') return
  for (const pair of [...allGroups(ctx.tx)])
    if (runsOn(ctx, pair.primary, host) && stateOf(ctx, pair.secondary.vm) === 'running')
      promote(ctx, pair, 'lostConnection')
    else if (runsOn(ctx, pair.secondary.vm, host)) {
      stopSecondary(ctx, pair)
      relocateSecondary(ctx, pair.primary)
      needSecondary(ctx, pair.primary, 'lostConnection')
    }
}

function runsOn(ctx: Context, vm: string, host: string): boolean {
  const { runtime } = ctx.tx.get('VirtualMachine', vm)
  return runtime.host?.value === host && runtime.powerState === 'poweredOn'
}

/** A host can hold secondaries again: pairs that wait for one are tried again. */
export const hostReady: Work = (ctx) => {
  for (const pair of [...allGroups(ctx.tx)]) {
    if (stateOf(ctx, pair.primary) !== 'needSecondary' || !canStart(ctx, pair)) continue
    relocateSecondary(ctx, pair.primary)
    startSecondary(ctx, pair.primary, { replacement: isReplacement(ctx, pair) })
  }
}

/** The secondary was lost with its host, or with the host of the primary that it is now. */
function isReplacement(ctx: Context, { primary }: FoundGroup): boolean {
  return ctx.tx.get('VirtualMachine', primary).runtime.needSecondaryReason === 'lostConnection'
}

/** Another try would succeed now: one that fails only makes noise. */
function canStart(ctx: Context, pair: FoundGroup): boolean {
  const { tx, identity } = ctx
  const { powerState, connectionState } = tx.get('VirtualMachine', pair.primary).runtime
  if (powerState !== 'poweredOn' || connectionState !== 'connected' || !pair.secondary.enabled) return false
  if (!haEnabled(tx, clusterOfVm(tx, pair.primary)) || isStarting(tx, pair.primary)) return false
  if (secondaryHosts(tx, pair.primary, pair.secondary.vm, identity).suitable.length === 0) return false
  try {
    if (isReplacement(ctx, pair)) admitReplacement(tx, pair.secondary.vm)
    else admitPair(tx, pair)
    return true
  } catch (error) {
    if (error instanceof VimFault) return false
    throw error
  }
}
