import { clusterConfig, hostsOf } from '../cluster/config.js'
import { type Context, later } from '../core/context.js'
import { emit } from '../event/emit.js'
import { haClusterId, haClusters } from './records.js'
import { admissionControlled, standingOf } from './state.js'

/**
 * `ha.check`: tells when a cluster no longer keeps what its admission control promises, and when it does again
 * (fact sheet E.5: events of the cluster, not of a power-on).
 */
export function checkCluster(ctx: Context, cluster: string): void {
  const known = ctx.tx.find(haClusters, haClusterId(cluster))
  const config = clusterConfig(ctx.tx, cluster)
  if (!known || !config) return
  const insufficient =
    admissionControlled(config) &&
    hostsOf(ctx.tx, cluster).length > 0 &&
    standingOf(ctx.tx, cluster)?.satisfied === false
  if (insufficient === known.insufficient) return
  ctx.tx.set(haClusters, haClusterId(cluster), { insufficient })
  const entity = ctx.tx.ref(cluster)
  if (insufficient) emit(ctx, 'InsufficientFailoverResourcesEvent', { entity })
  else emit(ctx, 'FailoverLevelRestored', { entity })
}

/** Has the cluster checked again soon, if it is waiting for resources: for who gives some back (a VM powers off). */
export function recheckIfShort(ctx: Context, cluster: string | undefined): void {
  if (cluster !== undefined && ctx.tx.find(haClusters, haClusterId(cluster))?.insufficient)
    later(ctx, 0, 'ha.check', { cluster })
}
