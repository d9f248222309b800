import type { Context } from '../core/context.js'
import { followConnections, followPower } from '../dvs/connect.js'
import { followPowerOff, followPowerOn, followRemoval } from '../fault-tolerance/power-hooks.js'
import { customizeGuest, forgetCustomization } from './customization.js'

/** What other families do, in the same transaction, once a VM runs, a user had it stopped, or before it is gone. */
export interface PowerHook {
  poweredOn(ctx: Context, vm: string): void
  /** Also for a VM that was suspended. */
  poweredOff(ctx: Context, vm: string): void
  removed(ctx: Context, vm: string): void
}

/** Wrapped, so that modules that import each other can load in any order. */
export const powerHooks: readonly PowerHook[] = [
  {
    poweredOn: (ctx, vm) => followPower(ctx, vm, true),
    poweredOff: (ctx, vm) => followPower(ctx, vm, false),
    removed: (ctx, vm) => {
      const devices = ctx.tx.get('VirtualMachine', vm).config?.hardware.device ?? []
      followConnections(ctx, vm, devices, [])
    },
  },
  {
    poweredOn: (ctx, vm) => followPowerOn(ctx, vm),
    poweredOff: (ctx, vm) => followPowerOff(ctx, vm),
    removed: (ctx, vm) => followRemoval(ctx, vm),
  },
  {
    poweredOn: (ctx, vm) => customizeGuest(ctx, vm),
    poweredOff: () => {},
    removed: (ctx, vm) => forgetCustomization(ctx, vm),
  },
]
