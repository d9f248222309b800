import type { Family, Work } from '../core/behaviour.js'
import { VMS_LOST } from '../host/status.js'
import {
  CONFIGURE_HOST,
  configureTask,
  finishConfiguration,
  UNCONFIGURE_HOST,
  unconfigureTask,
} from './agents.js'
import { checkCluster } from './check.js'
import { haDerivations } from './derive.js'
import { hostFailed, reviewHost, sweepAgents } from './hosts.js'
import { clusterHaOperations, hostHaOperations } from './operations.js'
import { restartLost, restartPending, restartVms } from './restart.js'

const review: Work = (ctx, { host }) => {
  sweepAgents(ctx)
  reviewHost(ctx, String(host))
}

/** vSphere HA: agents and their master, failures and restarts, admission control. */
export const haFamily: Family = {
  name: 'ha',
  operations: [clusterHaOperations, hostHaOperations],
  derivations: haDerivations,
  work: {
    'host.connected': review,
    'host.lost': review,
    'host.maintenance': review,
    'host.moved': review,
    [VMS_LOST]: (ctx, { host, vms }) => restartLost(ctx, String(host), vms as readonly string[]),
    'ha.settle': (ctx, { host }) => finishConfiguration(ctx, String(host)),
    'ha.hostFailed': (ctx, { host }) => hostFailed(ctx, String(host)),
    'ha.restart': (ctx, { cluster, host, isolated }) =>
      restartVms(ctx, String(cluster), String(host), isolated === true),
    'ha.restartPending': (ctx, { cluster }) => restartPending(ctx, String(cluster)),
    'ha.check': (ctx, { cluster }) => checkCluster(ctx, String(cluster)),
  },
  tasks: { [CONFIGURE_HOST]: configureTask, [UNCONFIGURE_HOST]: unconfigureTask },
}
