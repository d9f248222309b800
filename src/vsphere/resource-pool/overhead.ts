import type { VirtualMachineConfigInfo } from '#vim25/generated/types.js'

/** Memory that a powered-on VM needs beside its own, in MB, by memory size and vCPUs (fact sheet D.5). */
const SAMPLES: readonly (readonly [memoryMB: number, perVcpus: readonly [number, number, number, number]])[] =
  [
    [256, [20.29, 24.28, 32.23, 48.16]],
    [1024, [25.9, 29.91, 37.86, 53.82]],
    [4096, [48.64, 52.72, 60.67, 76.78]],
    [16384, [139.62, 143.98, 151.93, 168.6]],
  ]

const VCPUS = [1, 2, 4, 8] as const

const known = new Map<string, number>()

/** Overhead memory of a VM in bytes: the published samples, linear between and beyond them. */
export function vmOverheadBytes(memoryMB: number, vcpus: number): number {
  const key = `${memoryMB}/${vcpus}`
  let bytes = known.get(key)
  if (bytes === undefined) {
    const perRow = SAMPLES.map(
      ([size, row]) =>
        [
          size,
          between(
            VCPUS.map((n, at) => [n, row[at] as number]),
            vcpus,
          ),
        ] as const,
    )
    bytes = Math.round(Math.max(10, between(perRow, memoryMB)) * 2 ** 20)
    known.set(key, bytes)
  }
  return bytes
}

/** The value at `x` on the line through the two nearest points. */
function between(points: readonly (readonly [number, number])[], x: number): number {
  let at = points.findIndex(([px]) => px >= x)
  if (at < 0) at = points.length - 1
  const upper = points[Math.max(1, at)] as readonly [number, number]
  const lower = points[Math.max(1, at) - 1] as readonly [number, number]
  return lower[1] + ((x - lower[0]) / (upper[0] - lower[0])) * (upper[1] - lower[1])
}

/** Checkpointing takes more: "can expand to 1 to 2 GB" (fact sheet D.5), the lower end (deviation 8). */
const FT_OVERHEAD_BYTES = 2 ** 30

/** Memory that one half of a fault-tolerant pair takes beside its own and its usual overhead. */
export function ftOverheadBytes({ flags }: Pick<VirtualMachineConfigInfo, 'flags'>): number {
  return (flags.faultToleranceType ?? 'unset') === 'unset' ? 0 : FT_OVERHEAD_BYTES
}
