import type { Context } from '../core/context.js'
import { groupOf } from './group.js'
import { needSecondary, stopSecondary } from './start.js'
import { movePair, stateOf } from './states.js'

/** A primary was powered on by a user or by HA: its secondary follows. */
export function followPowerOn(ctx: Context, vm: string): void {
  const pair = groupOf(ctx.tx, vm)
  if (pair?.primary === vm && stateOf(ctx, vm) === 'enabled') needSecondary(ctx, vm, 'initializing')
}

/** A primary was powered off: so is its secondary. */
export function followPowerOff(ctx: Context, vm: string): void {
  const pair = groupOf(ctx.tx, vm)
  if (pair?.primary !== vm || stateOf(ctx, vm) === 'disabled') return
  stopSecondary(ctx, pair, true)
  movePair(ctx, pair, 'atRest')
}
