import type { OvfEnvelope } from './envelope.js'

/** Bytes that a package is to fetch, and takes once deployed: thick, and thin. */
export function sizesOf({ files, disks }: OvfEnvelope): {
  readonly download: number
  readonly flat: number
  readonly sparse: number
} {
  const sum = (numbers: readonly number[]) =>
    Math.min(
      MOST,
      numbers.reduce((total, each) => total + each, 0),
    )
  return {
    download: sum(files.map(({ size = 0 }) => size)),
    flat: sum(disks.map(({ capacity = 0 }) => capacity)),
    sparse: sum(disks.map(({ populated, file }) => populated ?? file?.size ?? 0)),
  }
}

const MOST = Number.MAX_SAFE_INTEGER
