import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { groupOf } from './group.js'
import { removeMetadata } from './metadata.js'
import { removeSecondary } from './secondary.js'
import { needSecondary, stopSecondary } from './start.js'
import { movePair, setState, stateOf } from './states.js'
import { unprotect } from './turn-off.js'

/** A primary was powered on by a user or by HA: its secondary follows. */
export function followPowerOn(ctx: Context, vm: string): void {
  const pair = groupOf(ctx.tx, vm)
  if (pair?.primary !== vm || stateOf(ctx, vm) === 'disabled') return
  stopSecondary(ctx, pair)
  needSecondary(ctx, vm, 'initializing')
}

/** A primary was powered off or suspended: its secondary stops as well. */
export function followPowerOff(ctx: Context, vm: string): void {
  const pair = groupOf(ctx.tx, vm)
  if (pair?.primary !== vm || stateOf(ctx, vm) === 'disabled') return
  stopSecondary(ctx, pair, true)
  movePair(ctx, pair, 'atRest')
}

/** Half of a pair leaves the inventory, with its host for example: there is no pair without it. */
export function followRemoval(ctx: Context, vm: string): void {
  const pair = groupOf(ctx.tx, vm)
  if (!pair) return
  const { primary, secondary } = pair
  stopSecondary(ctx, pair)
  ctx.tx.remove(pair.id)
  if (vm === primary) {
    removeMetadata(ctx, primary)
    removeSecondary(ctx, secondary.vm, pair.group.kind)
  } else {
    emit(ctx, 'VmFaultToleranceTurnedOffEvent', { entity: ctx.tx.ref(primary) })
    setState(ctx, primary, 'notConfigured')
    unprotect(ctx, primary)
  }
}
