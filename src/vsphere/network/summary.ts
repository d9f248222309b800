import { data } from '#vim25/data.js'
import type { ManagedObjectReference, NetworkSummary } from '#vim25/generated/types.js'

/** Network.summary; `accessible` when a connected host has the network. */
export function networkSummary(
  network: ManagedObjectReference | undefined,
  name: string,
  accessible: boolean,
  pool?: { readonly id: number; readonly name: string },
): NetworkSummary {
  return data('NetworkSummary', {
    network,
    name,
    accessible,
    ipPoolName: pool?.name ?? '',
    ipPoolId: pool?.id,
  })
}

/** What a Network has until the end of the transaction that creates it. */
export function emptySummary(name: string): NetworkSummary {
  return networkSummary(undefined, name, false)
}
