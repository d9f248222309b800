import type { Context } from '../core/context.js'

/** The files that exist while a VM runs: its swap file and its log. */
export function addRunningFiles(_ctx: Context, _vm: string): void {}

/** The swap file goes when the VM stops. */
export function removeRunningFiles(_ctx: Context, _vm: string): void {}
