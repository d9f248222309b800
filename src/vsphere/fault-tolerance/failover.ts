import { boxedString } from '#vim25/any.js'
import { data, patch } from '#vim25/data.js'
import type { VirtualMachineNeedSecondaryReason } from '#vim25/generated/types.js'
import type { Work } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { setPoweredOff } from '../vm/power.js'
import { allGroups, type FoundGroup, groupOf, hostOf, swapRoles } from './group.js'
import { secondaryHosts } from './hosts.js'
import { needSecondary, startSecondary, stopSecondary } from './start.js'
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

/** A host does not answer any more: pairs with a half on it fail over, or get a new secondary. */
export const hostLost: Work = (ctx, refs) => {
  const host = String(refs.host)
  for (const pair of [...allGroups(ctx.tx)]) {
    const primaryLost = runsOn(ctx, pair.primary, host)
    const secondaryLost = runsOn(ctx, pair.secondary.vm, host)
    if (primaryLost && stateOf(ctx, pair.secondary.vm) === 'running') promote(ctx, pair, 'lostConnection')
    else if (secondaryLost) replaceSecondary(ctx, pair)
  }
}

function runsOn(ctx: Context, vm: string, host: string): boolean {
  const { runtime } = ctx.tx.get('VirtualMachine', vm)
  return runtime.host?.value === host && runtime.powerState === 'poweredOn'
}

/** HA restarts a lost secondary elsewhere and says whether it could (fact sheet A.4). */
function replaceSecondary(ctx: Context, pair: FoundGroup): void {
  stopSecondary(ctx, pair)
  relocateSecondary(ctx, pair.primary)
  const host = hostOf(ctx.tx, pair.secondary.vm)
  const task = needSecondary(ctx, pair.primary, 'lostConnection')
  const argument = (key: string, value: string) => data('KeyAnyValue', { key, value: boxedString(value) })
  emit(ctx, 'EventEx', {
    entity: ctx.tx.ref(pair.primary),
    eventTypeId: task
      ? 'com.vmware.vc.HA.StartFTSecondarySucceededEvent'
      : 'com.vmware.vc.HA.StartFTSecondaryFailedEvent',
    severity: task ? 'info' : 'warning',
    arguments: [
      argument('secondaryHost', host ? ctx.tx.get('HostSystem', host.value).name : ''),
      argument(
        'secondaryCfgPath',
        ctx.tx.get('VirtualMachine', pair.secondary.vm).config?.files.vmPathName ?? '',
      ),
    ],
  })
}

/** A host can hold secondaries again: pairs that wait for one are tried again. */
export const hostReady: Work = (ctx) => {
  for (const pair of [...allGroups(ctx.tx)]) {
    if (stateOf(ctx, pair.primary) !== 'needSecondary' || !pair.secondary.enabled) continue
    if (ctx.tx.get('VirtualMachine', pair.primary).runtime.powerState !== 'poweredOn') continue
    relocateSecondary(ctx, pair.primary)
    const { suitable } = secondaryHosts(ctx.tx, pair.primary, pair.secondary.vm, ctx.identity)
    if (suitable.length > 0) startSecondary(ctx, pair.primary)
  }
}
