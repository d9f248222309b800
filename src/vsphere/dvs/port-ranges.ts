/**
 * A set of port numbers as ascending, disjoint ranges: a port group of 10,000 ports is one pair. Port keys are these
 * numbers in decimal.
 */
export type PortRanges = readonly (readonly [first: number, last: number])[]

export const noPorts: PortRanges = Object.freeze([])

export const portCount = (ranges: PortRanges): number =>
  ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0)

export const hasPort = (ranges: PortRanges, port: number): boolean =>
  ranges.some(([first, last]) => port >= first && port <= last)

/** The number at a position, from 0 up; undefined beyond the last. */
export function portAt(ranges: PortRanges, at: number): number | undefined {
  let rest = at
  for (const [first, last] of ranges) {
    const size = last - first + 1
    if (rest < size) return first + rest
    rest -= size
  }
  return undefined
}

export function portsIn(ranges: PortRanges): readonly number[] {
  return ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => first + at))
}

/** With `count` more ports from `first` up, which are not in it yet. */
export function withPorts(ranges: PortRanges, first: number, count: number): PortRanges {
  if (count <= 0) return ranges
  const sorted = [...ranges, [first, first + count - 1] as const].sort((a, b) => a[0] - b[0])
  const merged: [number, number][] = []
  for (const [from, to] of sorted) {
    const before = merged.at(-1)
    if (before && before[1] + 1 >= from) before[1] = Math.max(before[1], to)
    else merged.push([from, to])
  }
  return Object.freeze(merged)
}

export function withoutPort(ranges: PortRanges, port: number): PortRanges {
  return Object.freeze(
    ranges.flatMap(([first, last]): [number, number][] => {
      if (port < first || port > last) return [[first, last]]
      const parts: [number, number][] = [
        [first, port - 1],
        [port + 1, last],
      ]
      return parts.filter(([from, to]) => from <= to)
    }),
  )
}
