import { faultToleranceGuard } from '../fault-tolerance/guards.js'
import { leaseGuard } from '../nfc/guard.js'
import { diskGuard } from '../virtual-disk/guard.js'
import type { VmGuard } from './guards.js'

/**
 * The families that may refuse an operation on a VM, in the order in which they are asked. Wrapped, so that modules that
 * import each other can load in any order.
 */
export const guardList: readonly VmGuard[] = [
  (...asked) => faultToleranceGuard(...asked),
  (...asked) => leaseGuard(...asked),
  (...asked) => diskGuard(...asked),
]
