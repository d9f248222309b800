import type { Reader } from '#inventory/reader.js'
import { fault, localized, type VimFault } from '#vim25/fault.js'
import { clusterConfig, clusterOfHost, drsBehaviorOf, hostsOf } from '../cluster/config.js'
import { isPrimary } from '../fault-tolerance/group.js'
import { failoverHostProblem } from '../ha/admission.js'
import { isUsable } from '../ha/capacity.js'
import { type Candidate, type Candidates, candidatesFor, hostProblem } from './candidates.js'

/** Where a VM is to be powered on. */
export type Placement =
  | { readonly kind: 'host'; readonly host: string }
  /** DRS is on manual: the client decides; the best host first. */
  | { readonly kind: 'recommend'; readonly hosts: readonly Candidate[] }
  | { readonly kind: 'none'; readonly fault: VimFault }

/**
 * Where a VM goes at power-on: in a cluster with DRS the best host of those that can take it (fully and partially automated
 * alike), or recommendations when its level is manual; else the host that it is registered on (fact sheet A.1, E.5).
 * `exclude`: hosts that must not be chosen.
 */
export function powerOnPlacement(
  read: Reader,
  vm: string,
  computeResource: string,
  exclude: readonly string[] = [],
): Placement {
  const config = clusterConfig(read, computeResource)
  const behavior = config && !isPinned(read, vm, computeResource) ? drsBehaviorOf(config, vm) : undefined
  if (behavior === undefined) return onRegisteredHost(read, vm, exclude)
  const candidates = candidatesFor(read, vm, computeResource, exclude)
  if (candidates.hosts.length === 0) return { kind: 'none', fault: noCompatibleHost(read, candidates) }
  if (behavior === 'manual') return { kind: 'recommend', hosts: candidates.hosts }
  return { kind: 'host', host: preferred(read, vm, candidates.hosts) }
}

/**
 * The id of the host that a VM is to be powered on at; a manual level takes the best host as well: who asks for one VM
 * alone decides by asking. Throws what PowerOnVM_Task declares: NoActiveHostInCluster when no host is up, else the reason
 * of the VM's own host (InsufficientResourcesFault, VmConfigFault or InvalidState subtypes). Ask HA and pool admission
 * first: what the cluster as a whole lacks is a better answer than what one host lacks (fact sheet E.5).
 */
export function choosePowerOnHost(
  read: Reader,
  vm: string,
  computeResource: string,
  exclude: readonly string[] = [],
): string {
  const config = clusterConfig(read, computeResource)
  if (!config || isPinned(read, vm, computeResource) || drsBehaviorOf(config, vm) === undefined) {
    const placement = onRegisteredHost(read, vm, exclude)
    if (placement.kind === 'host') return placement.host
    throw placement.kind === 'none' ? placement.fault : fault('InvalidState', {})
  }
  requireActiveHost(read, computeResource)
  const candidates = candidatesFor(read, vm, computeResource, exclude)
  if (candidates.hosts.length > 0) return preferred(read, vm, candidates.hosts)
  throw (
    reasonFor(candidates, read.get('VirtualMachine', vm).runtime.host?.value) ??
    fault('NoActiveHostInCluster', { computeResource: read.ref(computeResource) })
  )
}

/**
 * Without EVC, and before DRS could do without it, the primary of a pair is powered on where it is registered and nowhere
 * else (fact sheet A.1).
 */
function isPinned(read: Reader, vm: string, computeResource: string): boolean {
  if (!isPrimary(read, vm)) return false
  const free = read.find('ServiceInstance', 'ServiceInstance')?.capability.ftDrsWithoutEvcSupported ?? true
  const summary = read.find('ClusterComputeResource', computeResource)?.summary
  return !free && (summary as { currentEVCModeKey?: string } | undefined)?.currentEVCModeKey === undefined
}

/** Throws NoActiveHostInCluster{computeResource} when every host is disconnected or in maintenance mode. */
export function requireActiveHost(read: Reader, computeResource: string): void {
  const active = hostsOf(read, computeResource).some((id) => {
    const host = read.find('HostSystem', id)
    return host !== undefined && isUsable(host)
  })
  if (!active) throw fault('NoActiveHostInCluster', { computeResource: read.ref(computeResource) })
}

/** NoCompatibleHost{host[], error[]}: every host that was looked at, and why not. */
export function noCompatibleHost(read: Reader, { rejected }: Candidates): VimFault {
  return fault('NoCompatibleHost', {
    host: rejected.map(({ host }) => read.ref(host)),
    error: rejected.map((each) => localized(each.fault)),
  })
}

/** The VM's own host where it is as good as the best: moving for nothing would only surprise. */
function preferred(read: Reader, vm: string, hosts: readonly Candidate[]): string {
  const best = hosts[0] as Candidate
  const own = hosts.find(({ host }) => host === read.get('VirtualMachine', vm).runtime.host?.value)
  return own && own.rating >= best.rating ? own.host : best.host
}

/** The most telling of the reasons: that of the VM's own host, unless that one is merely down. */
function reasonFor({ rejected }: Candidates, own: string | undefined): VimFault | undefined {
  const telling = rejected.filter((each) => each.fault.fault._typeName !== 'InvalidHostState')
  return (telling.find(({ host }) => host === own) ?? telling[0] ?? rejected[0])?.fault
}

function onRegisteredHost(read: Reader, vm: string, exclude: readonly string[]): Placement {
  const host = read.get('VirtualMachine', vm).runtime.host?.value
  if (host === undefined || exclude.includes(host)) return { kind: 'none', fault: fault('InvalidState', {}) }
  const cluster = clusterOfHost(read, host)
  const problem = failoverHostProblem(read, cluster, host) ?? hostProblem(read, vm, host)
  return problem ? { kind: 'none', fault: problem } : { kind: 'host', host }
}
