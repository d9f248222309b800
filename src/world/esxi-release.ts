/** An ESXi release that can be installed. */
export interface EsxiRelease {
  readonly version: string
  /** Build of the general-availability or update release, as the public build-number table has it. */
  readonly build: string
  readonly minimum: Minimum
}

/** Below these an installation never answers (fact sheet G.3). */
export interface Minimum {
  readonly cpus: number
  readonly memoryMB: number
  /** Of the disk that is installed to. */
  readonly diskGB: number
}

/**
 * 6.x: two cores, 4 GB, 5.2 GB of disk for VMFS and scratch; from 7.0: two cores, 8 GB (7.0 starts with 4), a 32 GB
 * boot device (fact sheet G.3). A "4 GB" VM has a little less usable, so the limit is on the configured size.
 */
const SIX: Minimum = { cpus: 2, memoryMB: 4096, diskGB: 5.2 }
const SEVEN: Minimum = { cpus: 2, memoryMB: 8192, diskGB: 32 }

export const ESXI_RELEASES: readonly EsxiRelease[] = [
  { version: '6.0.0', build: '2494585', minimum: SIX },
  { version: '6.5.0', build: '4564106', minimum: SIX },
  { version: '6.7.0', build: '8169922', minimum: SIX },
  { version: '7.0.3', build: '18644231', minimum: SEVEN },
  { version: '8.0.3', build: '24022510', minimum: SEVEN },
]

export function esxiRelease(version: string): EsxiRelease | undefined {
  return ESXI_RELEASES.find((release) => release.version === version)
}

/** What keeps a release from running on hardware of this size, in words; undefined when nothing does. */
export function shortfall(
  release: EsxiRelease,
  size: { cpus: number; memoryMB: number; diskGB: number },
): string | undefined {
  const { minimum } = release
  if (size.cpus < minimum.cpus)
    return `ESXi ${release.version} needs ${minimum.cpus} CPUs, the machine has ${size.cpus}`
  if (size.memoryMB < minimum.memoryMB)
    return `ESXi ${release.version} needs ${minimum.memoryMB} MB of memory, the machine has ${size.memoryMB} MB`
  if (size.diskGB < minimum.diskGB)
    return `ESXi ${release.version} needs a disk of ${minimum.diskGB} GB, the machine's has ${size.diskGB} GB`
  return undefined
}
