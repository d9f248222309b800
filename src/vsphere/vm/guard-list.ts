import type { VmGuard } from './guards.js'

/** The families that may refuse an operation on a VM, in the order in which they are asked. */
export const guardList: readonly VmGuard[] = []
