import { atLeast, type Identity } from '#vsphere/core/identity.js'
import { ESXI_RELEASES, type EsxiRelease, esxiRelease } from '#world/esxi-release.js'

/** The ESXi release that a seed names, or leaves open: then the newest that this vCenter release manages. */
export function releaseFor(identity: Identity, wanted: string | undefined): EsxiRelease {
  const newest = ESXI_RELEASES.filter(({ version }) => atLeast(identity, version)).at(-1)
  const found = (wanted === undefined ? undefined : esxiRelease(wanted)) ?? newest
  if (!found) throw new Error(`No ESXi release is as old as vCenter Server ${identity.productVersion}.`)
  return found
}

/** guestId of a VM that runs an ESXi release (fact sheet G.1). */
const GUESTS: Readonly<Record<string, string>> = {
  '6.0.0': 'vmkernel6Guest',
  '6.5.0': 'vmkernel65Guest',
  '6.7.0': 'vmkernel65Guest',
  '7.0.3': 'vmkernel7Guest',
  '8.0.3': 'vmkernel8Guest',
}

/** What a VM that runs an ESXi release is called, in the words of this vCenter release. */
export function guestFor(identity: Identity, version: string): string {
  const known = atLeast(identity, version) ? version : releaseFor(identity, undefined).version
  return GUESTS[known] ?? 'vmkernel8Guest'
}
