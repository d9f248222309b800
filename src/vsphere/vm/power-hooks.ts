import type { Context } from '../core/context.js'
import { followPowerOff, followPowerOn } from '../fault-tolerance/power-hooks.js'

/** What other families do, in the same transaction, once a VM runs or a user had it stopped. */
export interface PowerHook {
  poweredOn(ctx: Context, vm: string): void
  poweredOff(ctx: Context, vm: string): void
}

/** Wrapped, so that modules that import each other can load in any order. */
export const powerHooks: readonly PowerHook[] = [
  {
    poweredOn: (ctx, vm) => followPowerOn(ctx, vm),
    poweredOff: (ctx, vm) => followPowerOff(ctx, vm),
  },
]
