import type { Reader } from '#inventory/reader.js'
import { data, patch } from '#vim25/data.js'
import type { ClusterDasFdmAvailabilityState, ManagedObjectReference } from '#vim25/generated/types.js'
import { hostsOf } from '../cluster/config.js'
import type { Context } from '../core/context.js'
import { emitHa } from './events.js'

export type AgentState = ClusterDasFdmAvailabilityState

/** The state of a host's agent; undefined when there is none (fact sheet E.6). */
export function agentState(read: Reader, host: string): AgentState | undefined {
  return read.find('HostSystem', host)?.runtime.dasHostState?.state as AgentState | undefined
}

/** Sets HostSystem.runtime.dasHostState and tells of it; `reporter` undefined: vCenter itself found out. */
export function setAgentState(
  ctx: Context,
  host: string,
  state: AgentState | undefined,
  reporter?: ManagedObjectReference,
): void {
  const { runtime } = ctx.tx.get('HostSystem', host)
  const { dasHostState } = runtime
  if (dasHostState?.state === state && dasHostState?.stateReporter?.value === reporter?.value) return
  ctx.tx.set('HostSystem', host, {
    runtime: patch(runtime, {
      dasHostState: state && data('ClusterDasFdmHostState', { state, stateReporter: reporter }),
    }),
  })
  if (state !== undefined && dasHostState?.state !== state)
    emitHa(ctx, 'com.vmware.vc.HA.HostStateChangedEvent', ctx.tx.ref(host), {
      arguments: { newState: state },
    })
}

/** A host that stands for election. */
export interface Contender {
  readonly id: string
  readonly datastores: number
}

/** Pure: the host with the most datastores becomes master, the first of several (fact sheet E.6, deviation 25). */
export function electMaster(contenders: readonly Contender[]): string | undefined {
  let best: Contender | undefined
  for (const contender of contenders) if (!best || contender.datastores > best.datastores) best = contender
  return best?.id
}

/** The host whose agent leads the cluster; undefined while there is none. */
export function masterOf(read: Reader, cluster: string): string | undefined {
  return hostsOf(read, cluster).find((host) => agentState(read, host) === 'master')
}

const ALIVE: ReadonlySet<AgentState | undefined> = new Set(['election', 'connectedToMaster'])

/**
 * Sees to it that a cluster's agents follow a master: keeps the one there is, else elects one; every agent that lives then
 * is connected to it. `joining`: agents still in their election join only when named here.
 */
export function settleElection(ctx: Context, cluster: string, joining: readonly string[] = []): void {
  const { tx } = ctx
  const hosts = hostsOf(tx, cluster)
  const followers = hosts.filter((host) => {
    const state = agentState(tx, host)
    return state === 'connectedToMaster' || (state === 'election' && joining.includes(host))
  })
  let master = masterOf(tx, cluster)
  if (master === undefined) {
    const contenders = hosts.filter((host) => ALIVE.has(agentState(tx, host)))
    master = electMaster(
      contenders.map((id) => ({ id, datastores: tx.get('HostSystem', id).datastore?.length ?? 0 })),
    )
    if (master === undefined) return
    setAgentState(ctx, master, 'master', tx.ref(master))
    emitHa(ctx, 'com.vmware.vc.HA.VcConnectedToMasterEvent', tx.ref(cluster), {
      arguments: { hostname: tx.get('HostSystem', master).name },
    })
  }
  for (const host of followers)
    if (host !== master) setAgentState(ctx, host, 'connectedToMaster', tx.ref(master))
}
