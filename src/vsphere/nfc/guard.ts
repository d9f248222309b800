import { fault } from '#vim25/fault.js'
import type { VmGuard } from '../vm/guards.js'
import { nfcLeases, nfcLeasesByVm } from './records.js'

/**
 * A VM that comes or goes stays until its lease is over. What else TaskInProgress keeps away from it declares that fault, so
 * that nobody has to ask here.
 */
export const leaseGuard: VmGuard = (ctx, vm, operation) => {
  if (operation !== 'Destroy' && operation !== 'Unregister') return
  const [key] = ctx.tx.lookup(nfcLeasesByVm, vm.value)
  if (key !== undefined) throw fault('TaskInProgress', { task: ctx.tx.ref(ctx.tx.get(nfcLeases, key).task) })
}
