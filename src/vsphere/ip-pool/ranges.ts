import { isIPv4, isIPv6 } from 'node:net'
import { fault } from '#vim25/fault.js'
import type { IpPoolIpPoolConfigInfo } from '#vim25/generated/types.js'

export type Family = 4 | 6

/** Addresses that follow each other; of IPv6 there are too many for a number. */
interface Range {
  readonly first: bigint
  readonly count: bigint
}

/** Longer ones are counted as this: the API has 32 bits for it. */
const MOST = 2n ** 31n - 1n

/**
 * The addresses that a pool gives out: `192.0.2.10#20, 192.0.2.50#1` are 21 (API reference, IpPool.IpPoolConfigInfo). Throws
 * InvalidArgument for what cannot be read, and for addresses outside of the subnet.
 */
export function rangesOf(config: IpPoolIpPoolConfigInfo | undefined, family: Family): readonly Range[] {
  const text = config?.range?.trim() ?? ''
  if (text === '') return []
  const refused = fault('InvalidArgument', { invalidProperty: `pool.ipv${family}Config.range` })
  return text.split(',').map((part) => {
    const [address = '', count = '', more] = part.split('#').map((each) => each.trim())
    if (more !== undefined || !isAddress(address, family) || !/^[1-9]\d{0,9}$/.test(count)) throw refused
    const range = { first: numberOf(address, family), count: BigInt(count) }
    if (!isInside(range, config, family)) throw refused
    return range
  })
}

function isInside(
  { first, count }: Range,
  config: IpPoolIpPoolConfigInfo | undefined,
  family: Family,
): boolean {
  const { subnetAddress = '', netmask = '' } = config ?? {}
  const last = first + count - 1n
  if (last >= 1n << bits(family)) return false
  const mask = maskOf(netmask, family)
  if (!isAddress(subnetAddress, family) || mask === undefined) return true
  const subnet = numberOf(subnetAddress, family) & mask
  return (first & mask) === subnet && (last & mask) === subnet
}

/** A mask as an address, or as the number of its bits. */
function maskOf(netmask: string, family: Family): bigint | undefined {
  if (isAddress(netmask, family)) return numberOf(netmask, family)
  if (!/^\d{1,3}$/.test(netmask) || BigInt(netmask) > bits(family)) return undefined
  const rest = bits(family) - BigInt(netmask)
  return ((1n << bits(family)) - 1n) & ~((1n << rest) - 1n)
}

const bits = (family: Family) => (family === 4 ? 32n : 128n)

const isAddress = (text: string, family: Family) =>
  family === 4 ? isIPv4(text) : isIPv6(text) && !text.includes('.')

/** How many addresses the ranges have. */
export function sizeOf(ranges: readonly Range[]): number {
  const sum = ranges.reduce((total, { count }) => total + count, 0n)
  return Number(sum > MOST ? MOST : sum)
}

/** The lowest address of the ranges that is not taken; undefined when all are. */
export function firstFree(
  ranges: readonly Range[],
  taken: ReadonlySet<string>,
  family: Family,
): string | undefined {
  for (const { first, count } of ranges)
    for (let at = first; at < first + count; at++) {
      const address = textOf(at, family)
      if (!taken.has(address)) return address
    }
  return undefined
}

export function contains(ranges: readonly Range[], address: string, family: Family): boolean {
  const number = numberOf(address, family)
  return ranges.some(({ first, count }) => number >= first && number < first + count)
}

function numberOf(address: string, family: Family): bigint {
  if (family === 4) return address.split('.').reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? []
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups = [...left, ...new Array<string>(8 - left.length - right.length).fill('0'), ...right]
  return groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n)
}

function textOf(number: bigint, family: Family): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 255n).join('.')
  const groups = [7n, 6n, 5n, 4n, 3n, 2n, 1n, 0n].map((at) => ((number >> (at * 16n)) & 65535n).toString(16))
  return shortened(groups)
}

/** The longest run of zeros is left out (RFC 5952). */
function shortened(groups: readonly string[]): string {
  const text = groups.join(':')
  const runs = [...text.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].sort((a, b) => b[0].length - a[0].length)
  const [longest] = runs
  if (!longest) return text
  const before = text.slice(0, longest.index)
  const after = text.slice(longest.index + longest[0].length).replace(/^:/, '')
  return `${before}::${after}`
}
