import type { Transaction } from '#inventory/transaction.js'
import type { ClusterConfigInfoEx } from '#vim25/generated/types.js'
import { hostsOf } from '../cluster/config.js'
import { type Context, later } from '../core/context.js'
import { vmsOn } from '../host/status.js'
import { configureHost, unconfigureHost } from './agents.js'
import { emitHa } from './events.js'
import { haAgents, haClusterId, haClusters, haPending } from './records.js'

/** What HA does when its cluster was reconfigured: agents come, or go; what it promised is checked anew. */
export function haReconfigured(
  ctx: Context,
  cluster: string,
  before: ClusterConfigInfoEx | undefined,
  after: ClusterConfigInfoEx,
): void {
  const was = before?.dasConfig.enabled ?? false
  const is = after.dasConfig.enabled ?? false
  if (is && !was) switchOn(ctx, cluster)
  if (was && !is) switchOff(ctx, cluster)
  if (is) later(ctx, 0, 'ha.check', { cluster })
}

function switchOn(ctx: Context, cluster: string): void {
  if (!ctx.tx.find(haClusters, haClusterId(cluster)))
    ctx.tx.create(haClusters, haClusterId(cluster), {
      cluster,
      time: ctx.time,
      eventKey: ctx.tx.counter('event'),
      insufficient: false,
    })
  for (const host of hostsOf(ctx.tx, cluster)) configureHost(ctx, host)
}

function switchOff(ctx: Context, cluster: string): void {
  if (ctx.tx.find(haClusters, haClusterId(cluster))) ctx.tx.remove(haClusterId(cluster))
  for (const host of hostsOf(ctx.tx, cluster)) {
    for (const vm of vmsOn(ctx.tx, host))
      if (ctx.tx.get('VirtualMachine', vm).runtime.faultToleranceState !== 'notConfigured')
        emitHa(ctx, 'com.vmware.vc.ft.VmAffectedByDasDisabledEvent', ctx.tx.ref(vm))
    unconfigureHost(ctx, host)
  }
}

/** Forgets what HA knows of a cluster that leaves the inventory. */
export function forgetCluster(tx: Transaction, cluster: string): void {
  if (tx.find(haClusters, haClusterId(cluster))) tx.remove(haClusterId(cluster))
  for (const kind of [haAgents, haPending])
    for (const id of [...tx.ids(kind)]) if (tx.get<typeof kind>(kind, id).cluster === cluster) tx.remove(id)
}
