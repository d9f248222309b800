import { RELEASES } from './schema.js'

const parts = (release: string) => release.split('.').map(Number)

/** Negative, zero or positive, number by number: `7.0.3` equals `7.0.3.0`, `8.0.2.00300` is before `8.0.3.0`. */
function compare(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)]
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

const indexes = new Map<string, number>()

/**
 * Index into RELEASES of the newest release that a server of `release` (`8.0.3.0`, `7.0.3`) knows: what has a
 * `since` up to it exists there.
 */
export function releaseIndex(release: string): number {
  const known = indexes.get(release)
  if (known !== undefined) return known
  const index = RELEASES.findLastIndex((each) => compare(each, release) <= 0)
  indexes.set(release, index)
  return index
}

/** Whether a server of `release` has this service, operation, structure, field, enumeration or value. */
export const availableIn = (item: { readonly since: number }, release: string): boolean =>
  item.since <= releaseIndex(release)
