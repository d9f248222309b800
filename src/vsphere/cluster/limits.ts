import type { Identity } from '../core/identity.js'

/** Most hosts per cluster, per release (configuration maximums). */
const MOST_HOSTS: readonly (readonly [release: string, hosts: number])[] = [
  ['6.0', 64],
  ['6.5', 64],
  ['6.7', 64],
  ['7.0', 96],
  ['8.0', 96],
]

export function mostHosts({ productVersion }: Identity): number {
  return MOST_HOSTS.find(([release]) => productVersion.startsWith(release))?.[1] ?? 96
}

/** Host failures that a cluster can tolerate at most: one host must stay. */
export const mostFailures = (identity: Identity): number => mostHosts(identity) - 1
