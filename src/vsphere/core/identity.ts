import { UNCHANGED_RELEASES, VERSIONS, versionIndex } from '#vim25/schema.js'
import { esxiRelease } from '#world/esxi-release.js'

/** Which product release a world claims to be: what AboutInfo says, what the API shows and which limits hold. */
export interface Identity {
  /** A vCenter Server, or one ESXi host on its own. */
  readonly kind: ProductKind
  /** As the user names it: 6.0, 6.5, 6.7, 7.0.3, 8.0.3. */
  readonly version: string
  /** AboutInfo.version. */
  readonly productVersion: string
  readonly build: string
  readonly apiVersion: string
  /** The newest vim25 release that this server speaks, as an index into VERSIONS. */
  readonly release: number
  /** The releases that its VI JSON door serves, newest first. */
  readonly releases: readonly string[]
  readonly instanceUuid: string
}

/**
 * Version, build and API version per identity. Builds are those of the general-availability or update releases named
 * in public release notes; apiVersion as AboutInfo gives it.
 */
const PRODUCTS = {
  '6.0': { productVersion: '6.0.0', build: '2559268', apiVersion: '6.0' },
  '6.5': { productVersion: '6.5.0', build: '4602587', apiVersion: '6.5' },
  '6.7': { productVersion: '6.7.0', build: '8217866', apiVersion: '6.7' },
  '7.0.3': { productVersion: '7.0.3', build: '18700403', apiVersion: '7.0.3.0' },
  '8.0.3': { productVersion: '8.0.3', build: '24022515', apiVersion: '8.0.3.0' },
} as const

export type ProductKind = 'vcenter' | 'esxi'

export type IdentityVersion = keyof typeof PRODUCTS

export const IDENTITY_VERSIONS = Object.keys(PRODUCTS) as readonly IdentityVersion[]

/**
 * VI JSON's release enum starts at 7.0.0.0 (rest-wire 3.1); 6.0, 6.5 and 6.7 are served as well, so that the post's own
 * release can be spoken (deviation 2).
 */
const SPOKEN = [...VERSIONS, ...Object.keys(UNCHANGED_RELEASES)]
  .filter((version) => /^[789]\.\d+\.\d+\.\d+$/.test(version) || /^6\.[057]$/.test(version))
  .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))

export function createIdentity(
  version: IdentityVersion,
  instanceUuid: string,
  kind: ProductKind = 'vcenter',
): Identity {
  const product = PRODUCTS[version]
  const build = kind === 'esxi' ? esxiRelease(product.productVersion)?.build : product.build
  const release = versionIndex(product.apiVersion)
  if (release === undefined) throw new Error(`The schema has no release ${product.apiVersion}.`)
  return Object.freeze({
    kind,
    version,
    ...product,
    build: build ?? product.build,
    release,
    releases: SPOKEN.filter((spoken) => (versionIndex(spoken) ?? Infinity) <= release).reverse(),
    instanceUuid,
  })
}

/** True when the identity is at least this release ("7.0", "8.0.3"): for limits and rules that changed over time. */
export function atLeast(identity: Identity, version: string): boolean {
  const mine = identity.productVersion.split('.').map(Number)
  const wanted = version.split('.').map(Number)
  for (let i = 0; i < Math.max(mine.length, wanted.length); i++) {
    const difference = (mine[i] ?? 0) - (wanted[i] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}
