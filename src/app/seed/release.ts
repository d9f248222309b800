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

/**
 * What a VM for an ESXi release is, and what it is called while its devices are added: before 6.5 no ESXi guest takes a
 * VMXNET3 adapter, so the post calls it "Other 64-bit" meanwhile.
 */
export function guestFor({ version }: EsxiRelease): { readonly guestId: string; readonly meanwhile: string } {
  const guestId = GUESTS[version] ?? 'vmkernel8Guest'
  return { guestId, meanwhile: guestId === 'vmkernel6Guest' ? 'otherGuest64' : guestId }
}
