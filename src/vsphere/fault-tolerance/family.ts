import type { Family } from '../core/behaviour.js'
import { ftInfo, hostFtCapability } from './derive.js'
import { hostLost, hostReady } from './failover.js'
import { ftGroupByVm } from './group.js'
import { faultToleranceOperations } from './operations.js'
import { startTasks } from './start.js'

export const faultToleranceFamily: Family = {
  name: 'fault-tolerance',
  operations: [faultToleranceOperations],
  derivations: [ftInfo, hostFtCapability],
  indexes: [ftGroupByVm],
  tasks: startTasks,
  work: {
    'host.lost': hostLost,
    'host.connected': hostReady,
    'host.maintenance': hostReady,
    'vmkernel.selected': hostReady,
    // What a cluster has to offer may have changed: an agent came up, a VM gave memory back.
    'ha.check': hostReady,
  },
}
