import { recordKind } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'

/** The HA agent on a host; record `haAgent:<host moid>`, there from its configuration until it is taken away. */
export interface HaAgent {
  readonly host: string
  /** The cluster whose HA it belongs to. */
  readonly cluster: string
  /** When it was configured, as vim25 writes times: what its configuration issues are dated with. */
  readonly time: string
  /** Event key that its configuration issues carry. */
  readonly eventKey: number
}

export const haAgents = recordKind<HaAgent>('haAgent')
export const haAgentId = (host: string) => `haAgent:${host}`

export const agentOf = (read: Reader, host: string): HaAgent | undefined =>
  read.find(haAgents, haAgentId(host))

/** What HA remembers of a cluster; record `haCluster:<cluster moid>`, there while HA is on. */
export interface HaCluster {
  readonly cluster: string
  /** When HA was switched on. */
  readonly time: string
  readonly eventKey: number
  /** True after InsufficientFailoverResourcesEvent, until FailoverLevelRestored. */
  readonly insufficient: boolean
}

export const haClusters = recordKind<HaCluster>('haCluster')
export const haClusterId = (cluster: string) => `haCluster:${cluster}`

/** A VM that HA could not restart yet; record `haPending:<vm moid>`. It tries again when a host comes up. */
export interface HaPending {
  readonly vm: string
  readonly cluster: string
}

export const haPending = recordKind<HaPending>('haPending')
export const haPendingId = (vm: string) => `haPending:${vm}`
