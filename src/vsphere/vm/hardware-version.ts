import { VERSIONS, versionIndex } from '#vim25/schema.js'

/**
 * The newest virtual hardware per ESXi release (fact sheet G.2), newest first: what VMs get that name no version, and the
 * newest that the host runs.
 */
const NEWEST: readonly (readonly [esxi: string, version: number])[] = [
  ['9.0', 22],
  ['8.0.2', 21],
  ['8.0.0', 20],
  ['7.0.2', 19],
  ['7.0.1', 18],
  ['7.0.0', 17],
  ['6.7.2', 15],
  ['6.7.0', 14],
  ['6.5.0', 13],
  ['6.0.0', 11],
  ['5.5.0', 10],
  ['5.1.0', 9],
]

/** Hardware versions that a VM can have, oldest first; 5, 6, 12 and 16 belong to other products. */
export const HARDWARE_VERSIONS = [3, 4, 7, 8, 9, 10, 11, 13, 14, 15, 17, 18, 19, 20, 21, 22] as const

/** Most vCPUs and memory per hardware version (VMware's configuration maximums; memory in MB). */
const LIMITS: readonly (readonly [version: number, vcpus: number, memoryMB: number])[] = [
  [20, 768, 24 * 2 ** 20],
  [18, 768, 24 * 2 ** 20],
  [17, 256, 6128 * 1024],
  [14, 128, 6128 * 1024],
  [13, 128, 6128 * 1024],
  [11, 128, 4080 * 1024],
  [10, 64, 1011 * 1024],
  [9, 64, 1011 * 1024],
  [8, 32, 1011 * 1024],
  [7, 8, 255 * 1024],
  [3, 4, 65_532],
]

/** `vmx-09` for 9, `vmx-21` for 21. */
export function versionKey(version: number): string {
  return `vmx-${String(version).padStart(2, '0')}`
}

/** 21 for `vmx-21`; undefined for what is no version that a VM can have. */
export function versionNumber(key: string): number | undefined {
  const number = Number(/^vmx-(\d\d?)$/.exec(key)?.[1] ?? Number.NaN)
  return (HARDWARE_VERSIONS as readonly number[]).includes(number) && versionKey(number) === key
    ? number
    : undefined
}

const newest = new Map<string, number>()

/** The newest hardware version that an ESXi of this release (`8.0.3`) runs; asked for every VM, so looked up once. */
export function newestVersion(esxi: string): number {
  let version = newest.get(esxi)
  if (version === undefined) {
    version = NEWEST.find(([from]) => compare(esxi, from) >= 0)?.[1] ?? 8
    newest.set(esxi, version)
  }
  return version
}

/** The hardware version that came with a vim25 release (an index into VERSIONS). */
export function versionOfRelease(release: number): number {
  for (const [esxi, version] of NEWEST) {
    const since = sinceOf(esxi)
    if (since !== undefined && release >= since) return version
  }
  return 8
}

function sinceOf(esxi: string): number | undefined {
  const parts = esxi.split('.')
  const names = [`${esxi}.0`, esxi, parts[2] === '0' ? parts.slice(0, 2).join('.') : esxi]
  for (const name of [...names, `${esxi}.0.0`]) {
    const at = versionIndex(name)
    if (at !== undefined) return at
  }
  const at = VERSIONS.findIndex((version) => compare(version, esxi) >= 0)
  return at < 0 ? undefined : at
}

/** Most vCPUs and MB of memory of a VM with this hardware. */
export function limitsOf(version: number): { vcpus: number; memoryMB: number } {
  const [, vcpus, memoryMB] = LIMITS.find(([from]) => version >= from) ?? [3, 4, 65_532]
  return { vcpus, memoryMB }
}

function compare(a: string, b: string): number {
  const left = a.split('.').map(Number)
  const right = b.split('.').map(Number)
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
