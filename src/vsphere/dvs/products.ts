import { data } from '#vim25/data.js'
import type {
  DistributedVirtualSwitchHostProductSpec,
  DistributedVirtualSwitchProductSpec,
} from '#vim25/generated/types.js'
import type { Identity } from '../core/identity.js'

/** Versions of distributed switches, newest first, each with the ESXi that a member host needs at least. */
const VERSIONS: readonly (readonly [dvs: string, esxi: string])[] = [
  ['8.0.3', '8.0.3'],
  ['8.0.0', '8.0.0'],
  ['7.0.3', '7.0.3'],
  ['7.0.2', '7.0.2'],
  ['7.0.0', '7.0.0'],
  ['6.6.0', '6.7.0'],
  ['6.5.0', '6.5.0'],
  ['6.0.0', '6.0.0'],
]

/** The oldest that each release of vCenter Server still makes (its release notes). */
const OLDEST: readonly (readonly [vCenter: string, dvs: string])[] = [
  ['8.', '6.6.0'],
  ['7.', '6.5.0'],
  ['6.', '6.0.0'],
]

/** Negative when `a` is the older release of two like `8.0.3`. */
export function compareReleases(a: string, b: string): number {
  const [x, y] = [a, b].map((version) => version.split('.').map(Number)) as [number[], number[]]
  for (let at = 0; at < 3; at++) if ((x[at] ?? 0) !== (y[at] ?? 0)) return (x[at] ?? 0) - (y[at] ?? 0)
  return 0
}

/** The versions that a vCenter Server of this release makes, newest first. */
export function switchVersions(release: string): readonly string[] {
  const oldest = OLDEST.find(([prefix]) => release.startsWith(prefix))?.[1] ?? '6.0.0'
  return VERSIONS.filter(
    ([dvs, esxi]) => compareReleases(esxi, release) <= 0 && compareReleases(dvs, oldest) >= 0,
  ).map(([dvs]) => dvs)
}

/** The ESXi release that a member of a switch of this version needs at least. */
export const neededRelease = (version: string): string =>
  VERSIONS.find(([dvs]) => dvs === version)?.[1] ?? version

/** What a switch of a version says of itself. */
export function productSpec({ build }: Identity, version: string): DistributedVirtualSwitchProductSpec {
  return data('DistributedVirtualSwitchProductSpec', {
    name: 'DVS',
    vendor: 'VMware, Inc.',
    version,
    build,
    forwardingClass: 'etherswitch',
  })
}

/** The hosts that can be members of a switch of a version. */
export const hostProducts = (version: string): readonly DistributedVirtualSwitchHostProductSpec[] =>
  ['esx', 'embeddedEsx'].map((productLineId) =>
    data('DistributedVirtualSwitchHostProductSpec', { productLineId, version: `${neededRelease(version)}+` }),
  )
