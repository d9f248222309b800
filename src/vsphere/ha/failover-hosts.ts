import type { ManagedEntityStatus } from '#vim25/generated/types.js'

/** A dedicated failover host: green while it stands by, yellow while VMs run on it, red when it cannot help (fact sheet E.2). */
export function failoverHostStatus(host: {
  readonly good: boolean
  readonly running: number
}): ManagedEntityStatus {
  if (!host.good) return 'red'
  return host.running > 0 ? 'yellow' : 'green'
}
