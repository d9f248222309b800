import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import type { FoundGroup } from './group.js'
import { removeMetadata } from './metadata.js'
import { removeSecondary } from './secondary.js'
import { stopSecondary } from './start.js'
import { setState, stateOf } from './states.js'

/** TurnOffFaultToleranceForVM_Task: the secondary goes with all its files, the primary is a VM like any other. */
export function turnOff(ctx: Context, pair: FoundGroup): void {
  requireReachable(ctx, pair)
  if (stateOf(ctx, pair.primary) === 'starting') throw fault('InvalidState', {})
  stopSecondary(ctx, pair)
  ctx.tx.remove(pair.id)
  emit(ctx, 'VmFaultToleranceTurnedOffEvent', { entity: ctx.tx.ref(pair.primary) })
  setState(ctx, pair.primary, 'notConfigured')
  setState(ctx, pair.secondary.vm, 'notConfigured')
  unprotect(ctx, pair.primary)
  removeSecondary(ctx, pair.secondary.vm, pair.group.kind)
}

/** InvalidState while the secondary's host is in maintenance mode or cannot be reached (fact sheet A.1). */
export function requireReachable(ctx: Context, pair: FoundGroup): void {
  const host = ctx.tx.get('VirtualMachine', pair.secondary.vm).runtime.host
  const runtime = host && ctx.tx.find('HostSystem', host.value)?.runtime
  if (runtime?.connectionState !== 'connected' || runtime.inMaintenanceMode) throw fault('InvalidState', {})
}

/** Memory stays reserved: what turning on changed there is not taken back (fact sheet A.5). */
export function unprotect(ctx: Context, vm: string): void {
  const { config } = ctx.tx.get('VirtualMachine', vm)
  if (!config) return
  const flags = data('VirtualMachineFlagInfo', { ...config.flags, faultToleranceType: 'unset' })
  ctx.tx.set('VirtualMachine', vm, {
    config: data('VirtualMachineConfigInfo', { ...config, flags, ftInfo: undefined }),
  })
  removeMetadata(ctx, vm)
}
