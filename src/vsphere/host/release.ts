import { data, dataObject } from '#vim25/data.js'
import type { AboutInfo, DynamicData } from '#vim25/generated/types.js'
import { dataType, VERSIONS, versionIndex } from '#vim25/schema.js'
import type { Installation } from '#world/machine.js'
import type { Identity } from '../core/identity.js'

/** API version per installed release; 8.0.3 says 8.0.2.0 of itself (fact sheet G.5, recorded). */
const API_VERSIONS: readonly (readonly [release: string, apiVersion: string])[] = [
  ['9.', '9.0.0.0'],
  ['8.0.3', '8.0.2.0'],
  ['8.', '8.0.1.0'],
  ['7.', '7.0.3.0'],
  ['6.7', '6.7'],
  ['6.5', '6.5'],
  ['6.0', '6.0'],
  ['5.', '5.5'],
]

/** The apiVersion that an ESXi of this release gives (`6.7.0` -> `6.7`). */
export function apiVersionOf(version: string): string {
  return API_VERSIONS.find(([start]) => version.startsWith(start))?.[1] ?? '8.0.2.0'
}

/** The newest vim25 release whose members an ESXi of this release fills, as an index into VERSIONS. */
export function releaseOf(version: string): number {
  return versionIndex(apiVersionOf(version)) ?? VERSIONS.length - 1
}

const abouts = new Map<string, AboutInfo>()

/** AboutInfo of an installed ESXi, the same object for equal installations. */
export function aboutOf({ version, build }: Pick<Installation, 'version' | 'build'>): AboutInfo {
  const key = `${version} ${build}`
  let about = abouts.get(key)
  if (!about) {
    about = data('AboutInfo', {
      name: 'VMware ESXi',
      fullName: `VMware ESXi ${version} build-${build}`,
      vendor: 'VMware, Inc.',
      version,
      build,
      localeVersion: 'INTL',
      localeBuild: '000',
      osType: 'vmnix-x86',
      productLineId: 'embeddedEsx',
      apiType: 'HostAgent',
      apiVersion: apiVersionOf(version),
      licenseProductName: 'VMware ESX Server',
      licenseProductVersion: version.split('.').slice(0, 2).join('.'),
    })
    abouts.set(key, about)
  }
  return about
}

/** `value` without the members that the release does not know. */
export function asOf<T extends DynamicData>(value: T, release: number): T {
  const later = laterMembers(value._typeName, release)
  // Hosts of the newest release know all: nothing is to be copied then.
  if (Object.isFrozen(value) && !later.some((name) => name in value)) return value
  const known = Object.entries(value).filter(([name]) => !later.includes(name))
  return dataObject(value._typeName, Object.fromEntries(known)) as T
}

const laters = new Map<string, readonly string[]>()

/** Members of a type that came after the release. */
function laterMembers(type: string, release: number): readonly string[] {
  const key = `${release} ${type}`
  let names = laters.get(key)
  if (!names) {
    names = (dataType(type)?.properties ?? []).filter(({ since }) => since > release).map(({ name }) => name)
    laters.set(key, names)
  }
  return names
}

/** Oldest ESXi per vCenter release (VMware's interoperability matrix). */
const OLDEST: readonly (readonly [vCenter: string, oldest: string])[] = [
  ['6.0', '5.0'],
  ['6.5', '5.5'],
  ['6.7', '6.0'],
  ['7.0', '6.5'],
  ['8.0', '6.7'],
]

/** A vCenter manages hosts that are not newer than itself and not older than its release supports. */
export function isManageable(identity: Pick<Identity, 'productVersion'>, version: string): boolean {
  const own = identity.productVersion
  const oldest = OLDEST.find(([vCenter]) => own.startsWith(vCenter))?.[1] ?? '6.7'
  return compareVersions(version, own) <= 0 && compareVersions(version, oldest) >= 0
}

/** Negative when `a` is older than `b`: `6.7.0` < `8.0.3`. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number))
  for (let at = 0; at < Math.max(left?.length ?? 0, right?.length ?? 0); at++) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
