import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { clusterOfHost, haEnabled } from '../cluster/config.js'
import type { TaskBehaviour } from '../core/behaviour.js'
import { type Context, later } from '../core/context.js'
import { emit } from '../event/emit.js'
import { startTask } from '../task/task.js'
import { isUsable } from './capacity.js'
import { agentState, setAgentState, settleElection } from './election.js'
import { emitHa } from './events.js'
import { agentOf, haAgentId, haAgents } from './records.js'

/** Installing and starting the agent takes about this long, in seconds. */
const CONFIGURE_SECONDS = 20
const UNCONFIGURE_SECONDS = 5

export const CONFIGURE_HOST = 'DasConfig.ConfigureHost'
export const UNCONFIGURE_HOST = 'DasConfig.UnconfigureHost'

/** "Configuring vSphere HA": uninitialized -> election -> master or connectedToMaster (fact sheet E.6). */
export const configureTask: TaskBehaviour<object, void> = {
  seconds: CONFIGURE_SECONDS,
  stages: [
    (ctx, self) => {
      requireConfigurable(ctx, self.value)
      beginConfiguration(ctx, self.value)
    },
    (ctx, self) => {
      if (agentOf(ctx.tx, self.value)) setAgentState(ctx, self.value, 'election')
    },
  ],
  run: (ctx, self) => finishConfiguration(ctx, self.value),
  failed(ctx, self, _args, error) {
    const host = self.value
    if (!ctx.tx.find('HostSystem', host)) return
    if (!isUsable(ctx.tx.get('HostSystem', host)) || !haEnabled(ctx.tx, clusterOfHost(ctx.tx, host))) {
      removeAgent(ctx, host)
      return
    }
    remember(ctx, host, ctx.tx.counter('event'))
    setAgentState(ctx, host, 'initializationError')
    emit(ctx, 'HostDasErrorEvent', { entity: self, message: error.message })
    emitHa(ctx, 'com.vmware.vc.HA.HostAgentErrorEvent', self, { arguments: { reason: error.message } })
  },
}

/** "Unconfiguring vSphere HA": the agent goes, and its state with it. */
export const unconfigureTask: TaskBehaviour<object, void> = {
  seconds: UNCONFIGURE_SECONDS,
  run(ctx, self) {
    if (!ctx.tx.find('HostSystem', self.value) || haEnabled(ctx.tx, clusterOfHost(ctx.tx, self.value))) return
    emit(ctx, 'HostDasDisablingEvent', { entity: self })
    removeAgent(ctx, self.value)
    emit(ctx, 'HostDasDisabledEvent', { entity: self })
  },
}

/**
 * Starts "Configuring vSphere HA" for a host and returns the task; undefined when it is not in a cluster with HA or cannot
 * be used. While a world is seeded the agent is there at once.
 */
export function configureHost(ctx: Context, host: string): ManagedObjectReference | undefined {
  const value = ctx.tx.find('HostSystem', host)
  if (!value || !isUsable(value) || !haEnabled(ctx.tx, clusterOfHost(ctx.tx, host))) return undefined
  remember(ctx, host, ctx.tx.counter('event'))
  if (ctx.quiet) {
    setAgentState(ctx, host, 'election')
    later(ctx, 0, 'ha.settle', { host })
    return undefined
  }
  return start(ctx, host, CONFIGURE_HOST, configureTask)
}

/** Starts "Unconfiguring vSphere HA" for a host that has an agent. */
export function unconfigureHost(ctx: Context, host: string): ManagedObjectReference | undefined {
  if (!agentOf(ctx.tx, host)) return undefined
  return start(ctx, host, UNCONFIGURE_HOST, unconfigureTask)
}

function start(
  ctx: Context,
  host: string,
  key: string,
  behaviour: TaskBehaviour<object, void>,
): ManagedObjectReference {
  const self = ctx.tx.ref(host)
  return startTask(ctx, {
    key,
    self,
    args: {},
    behaviour: behaviour as TaskBehaviour,
    descriptionId: key,
    entity: self,
    parent: ctx.task,
  })
}

/**
 * Throws DasConfigFault when the host cannot get an agent: its cluster has no HA, it cannot be reached, or it has no
 * management network.
 */
export function requireConfigurable(ctx: Context, host: string): void {
  const value = ctx.tx.find('HostSystem', host)
  if (!value || !haEnabled(ctx.tx, clusterOfHost(ctx.tx, host)))
    throw fault('DasConfigFault', {
      reason: 'Other',
      output: 'The host is not in a cluster with vSphere HA turned on.',
    })
  if (!isUsable(value))
    throw fault('DasConfigFault', {
      reason: 'HostMisconfiguration',
      output: 'The host is not connected, or it is in maintenance mode.',
    })
  const management = value.config?.virtualNicManagerInfo?.netConfig?.find(
    (net) => net.nicType === 'management',
  )
  if (management && !management.selectedVnic?.length)
    throw fault('DasConfigFault', {
      reason: 'HostNetworkMisconfiguration',
      output: 'No vmkernel adapter of the host carries management traffic.',
    })
}

function beginConfiguration(ctx: Context, host: string): void {
  const { key } = emit(ctx, 'HostDasEnablingEvent', { entity: ctx.tx.ref(host) })
  remember(ctx, host, key)
  setAgentState(ctx, host, 'uninitialized')
}

/** From when its configuration is asked for, so that it is not asked for twice. */
function remember(ctx: Context, host: string, eventKey: number): void {
  const agent = { host, cluster: clusterOfHost(ctx.tx, host) as string, time: ctx.time, eventKey }
  if (agentOf(ctx.tx, host)) ctx.tx.set(haAgents, haAgentId(host), agent)
  else ctx.tx.create(haAgents, haAgentId(host), agent)
}

/** The agent runs: it leads or follows. Nothing happens when the host went away meanwhile. */
export function finishConfiguration(ctx: Context, host: string): void {
  const agent = agentOf(ctx.tx, host)
  if (!agent || agentState(ctx.tx, host) !== 'election') return
  settleElection(ctx, agent.cluster, [host])
  const self = ctx.tx.ref(host)
  emit(ctx, 'HostDasEnabledEvent', { entity: self })
  emitHa(ctx, 'com.vmware.vc.HA.DasAgentRunningEvent', self)
  emitHa(ctx, 'com.vmware.vc.HA.HostDasAgentHealthyEvent', self)
  later(ctx, 0, 'ha.check', { cluster: agent.cluster })
  later(ctx, 0, 'ha.restartPending', { cluster: agent.cluster })
}

/** Forgets a host's agent and lets the others elect a master if it was theirs. */
export function removeAgent(ctx: Context, host: string): void {
  const agent = agentOf(ctx.tx, host)
  if (agent) ctx.tx.remove(haAgentId(host))
  if (ctx.tx.find('HostSystem', host)) setAgentState(ctx, host, undefined)
  // Where HA was switched off all agents go: there is nothing left to lead.
  if (agent && haEnabled(ctx.tx, agent.cluster)) settleElection(ctx, agent.cluster)
}
