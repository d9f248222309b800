import { data } from '#vim25/data.js'
import { machineOfHost } from '#world/hardware.js'
import { machines } from '#world/machine.js'
import { clusterConfig, clusterOfHost, hostsOf } from '../cluster/config.js'
import { type Context, later } from '../core/context.js'
import { emit } from '../event/emit.js'
import { configureHost, removeAgent } from './agents.js'
import { isUsable } from './capacity.js'
import { type AgentState, agentState, masterOf, setAgentState, settleElection } from './election.js'
import { emitHa } from './events.js'
import { agentOf, haAgents } from './records.js'

/** A host is declared failed after this long without heartbeats, in seconds (Availability guide). */
const DECLARED_DEAD_SECONDS = 15

const LOST: ReadonlySet<AgentState | undefined> = new Set(['hostDown', 'networkIsolated', 'fdmUnreachable'])

/**
 * `host.connected`, `host.lost`, `host.maintenance`, `host.moved`: brings a host's agent in line with what the host is now.
 * It looks at the state alone, so that signals may come late, twice or together.
 */
export function reviewHost(ctx: Context, host: string): void {
  const { tx } = ctx
  const value = tx.find('HostSystem', host)
  const cluster = clusterOfHost(tx, host)
  const config = clusterConfig(tx, cluster)
  const agent = agentOf(tx, host)
  if (agent && (agent.cluster !== cluster || !config?.dasConfig.enabled)) removeAgent(ctx, host)
  if (!value || cluster === undefined || !config?.dasConfig.enabled) {
    checkLater(ctx, agent?.cluster)
    return
  }
  if (value.runtime.connectionState === 'notResponding') {
    if (agentOf(tx, host) && !LOST.has(agentState(tx, host)))
      later(ctx, DECLARED_DEAD_SECONDS, 'ha.hostFailed', { host })
  } else if (!isUsable(value)) removeAgent(ctx, host)
  else if (!agentOf(tx, host)) configureHost(ctx, host)
  else if (LOST.has(agentState(tx, host))) rejoin(ctx, cluster, host)
  checkLater(ctx, cluster)
}

/** The agent of a host that was lost is there again: it takes part in an election and follows. */
function rejoin(ctx: Context, cluster: string, host: string): void {
  setAgentState(ctx, host, 'election')
  settleElection(ctx, cluster, [host])
  emitHa(ctx, 'com.vmware.vc.HA.HostDasAgentHealthyEvent', ctx.tx.ref(host))
  emit(ctx, 'HostDasOkEvent', { entity: ctx.tx.ref(host) })
  later(ctx, 0, 'ha.restartPending', { cluster })
}

function checkLater(ctx: Context, cluster: string | undefined): void {
  if (cluster !== undefined) later(ctx, 0, 'ha.check', { cluster })
}

/**
 * `ha.hostFailed`: the host did not come back in time. A machine that still runs without its network is isolated, any other
 * has failed. The rest elects a master if it was the master, and restarts its VMs (restart.ts).
 */
export function hostFailed(ctx: Context, host: string): void {
  const { tx } = ctx
  const value = tx.find('HostSystem', host)
  const cluster = clusterOfHost(tx, host)
  const config = clusterConfig(tx, cluster)
  if (!value || cluster === undefined || !config?.dasConfig.enabled || !agentOf(tx, host)) return
  if (value.runtime.connectionState !== 'notResponding') return
  const watched = (config.dasConfig.hostMonitoring ?? 'enabled') === 'enabled'
  const isolated = machineRuns(ctx, host)
  const wasMaster = agentState(tx, host) === 'master'
  setAgentState(ctx, host, watched ? (isolated ? 'networkIsolated' : 'hostDown') : 'fdmUnreachable')
  if (wasMaster) settleElection(ctx, cluster)
  const master = masterOf(tx, cluster)
  if (master === undefined) {
    emitHa(ctx, 'com.vmware.vc.HA.VcCannotFindMasterEvent', tx.ref(cluster))
    emit(ctx, 'DasAgentUnavailableEvent', { entity: tx.ref(cluster) })
  } else if (watched) setAgentState(ctx, host, isolated ? 'networkIsolated' : 'hostDown', tx.ref(master))
  if (!watched) return
  const argument = data('HostEventArgument', { name: value.name, host: tx.ref(host) })
  if (isolated) emit(ctx, 'DasHostIsolatedEvent', { entity: tx.ref(cluster), isolatedHost: argument })
  else emit(ctx, 'DasHostFailedEvent', { entity: tx.ref(cluster), failedHost: argument })
  later(ctx, 0, 'ha.restart', { cluster, host, isolated })
  checkLater(ctx, cluster)
}

function machineRuns(ctx: Context, host: string): boolean {
  const machine = machineOfHost(ctx.tx, host)
  return machine !== undefined && ctx.tx.find(machines, machine)?.state === 'up'
}

/** Agents whose host has left the inventory. */
export function sweepAgents(ctx: Context): void {
  for (const id of [...ctx.tx.ids(haAgents)]) {
    const { host, cluster } = ctx.tx.get(haAgents, id)
    if (ctx.tx.find('HostSystem', host)) continue
    ctx.tx.remove(id)
    if (ctx.tx.find('ClusterComputeResource', cluster)) settleElection(ctx, cluster)
  }
}

/** Every host of a cluster, for a change that concerns all of them. */
export function reviewCluster(ctx: Context, cluster: string): void {
  for (const host of hostsOf(ctx.tx, cluster)) reviewHost(ctx, host)
}
