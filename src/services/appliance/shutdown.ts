import { timestamp } from '#ports/clock.js'
import type { ServiceCall } from '../core/call.js'
import { service } from '../core/service.js'
import { checkRange } from './check.js'
import { applianceOf, changeAppliance, type Shutdown } from './record.js'

const MINUTE_MS = 60_000
const YEAR_MINUTES = 366 * 24 * 60

/** Plans; the server itself goes on when one falls due (deviation 68). */
export const shutdown = service('com.vmware.appliance.shutdown', {
  /** Without a plan: empty texts, recorded from 7.0.2. */
  get(call) {
    const plan = applianceOf(call).shutdown
    if (!plan) return { action: '', reason: '' }
    return { shutdown_time: timestamp(plan.due), action: plan.action, reason: plan.reason }
  },
  poweroff: (call, input) => plan(call, 'poweroff', input),
  reboot: (call, input) => plan(call, 'reboot', input),
  cancel: (call) => changeAppliance(call, () => ({ shutdown: undefined })),
})

/** `delay` is in minutes; 0 is at once. */
function plan(
  call: ServiceCall,
  action: Shutdown['action'],
  { delay, reason }: { readonly delay: number; readonly reason: string },
): void {
  checkRange('delay', delay, 0, YEAR_MINUTES)
  changeAppliance(call, () => ({ shutdown: { action, reason, due: call.now + delay * MINUTE_MS } }))
}
