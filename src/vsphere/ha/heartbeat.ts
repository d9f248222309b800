import type { Reader } from '#inventory/reader.js'
import type { ClusterConfigInfoEx } from '#vim25/generated/types.js'
import { clusterConfig, hostsOf } from '../cluster/config.js'
import { optionFlag, optionNumber } from '../cluster/options.js'
import { agentOf } from './records.js'

export interface HeartbeatRules {
  /** das.heartbeatDsPerHost: 2 (default) to 5. */
  readonly perHost: number
  /** Datastores that the user prefers, in that order. */
  readonly preferred: readonly string[]
  /** userSelectedDs: no others are taken. */
  readonly only: boolean
}

/** The heartbeat rules of a cluster (fact sheet E.7). */
export function heartbeatRules(config: ClusterConfigInfoEx): HeartbeatRules {
  const { option, heartbeatDatastore, hBDatastoreCandidatePolicy } = config.dasConfig
  const policy = hBDatastoreCandidatePolicy ?? 'allFeasibleDsWithUserPreference'
  return {
    perHost: optionNumber(option, 'das.heartbeatDsPerHost') ?? 2,
    preferred: policy === 'allFeasibleDs' ? [] : (heartbeatDatastore ?? []).map((ref) => ref.value),
    only: policy === 'userSelectedDs',
  }
}

/**
 * Pure: the heartbeat datastores per host. Only datastores that two hosts share carry heartbeats; preferred ones come
 * first, then those that most hosts reach.
 */
export function chooseHeartbeats(
  mounts: ReadonlyMap<string, readonly string[]>,
  rules: HeartbeatRules,
): ReadonlyMap<string, readonly string[]> {
  const reach = new Map<string, number>()
  for (const stores of mounts.values())
    for (const store of new Set(stores)) reach.set(store, (reach.get(store) ?? 0) + 1)
  const rank = (store: string) => {
    const at = rules.preferred.indexOf(store)
    return at < 0 ? rules.preferred.length : at
  }
  return new Map(
    [...mounts].map(([host, stores]) => [
      host,
      [...new Set(stores)]
        .filter((store) => (reach.get(store) ?? 0) > 1 && (!rules.only || rules.preferred.includes(store)))
        .sort((a, b) => rank(a) - rank(b) || (reach.get(b) ?? 0) - (reach.get(a) ?? 0))
        .slice(0, rules.perHost),
    ]),
  )
}

/** The heartbeat datastores of a cluster's hosts with an HA agent, by host. */
export function heartbeatsOf(read: Reader, cluster: string): ReadonlyMap<string, readonly string[]> {
  const config = clusterConfig(read, cluster)
  if (!config?.dasConfig.enabled) return new Map()
  const mounts = new Map<string, readonly string[]>()
  for (const host of hostsOf(read, cluster))
    if (agentOf(read, host))
      mounts.set(
        host,
        (read.find('HostSystem', host)?.datastore ?? []).map((ref) => ref.value),
      )
  return chooseHeartbeats(mounts, heartbeatRules(config))
}

/** True when the cluster does not want to hear of missing heartbeat datastores. */
export function heartbeatsIgnored(config: ClusterConfigInfoEx): boolean {
  return optionFlag(config.dasConfig.option, 'das.ignoreInsufficientHbDatastore', false)
}
