import type { Reader } from '#inventory/reader.js'
import { quickStatsOf } from './quick-stats.js'

const SUMMED = [
  'overallCpuUsage',
  'overallCpuDemand',
  'guestMemoryUsage',
  'hostMemoryUsage',
  'distributedCpuEntitlement',
  'distributedMemoryEntitlement',
  'staticCpuEntitlement',
  'staticMemoryEntitlement',
  'privateMemory',
  'consumedOverheadMemory',
] as const

/** MHz and MB. */
export type TotalUsage = Readonly<Record<(typeof SUMMED)[number], number>>

/** What several VMs use together at an instant: the sums of what each of them shows (quick-stats.ts). */
export function totalUsage(read: Reader, vms: Iterable<string>, now: number): TotalUsage {
  const total = Object.fromEntries(SUMMED.map((member) => [member, 0])) as Record<
    (typeof SUMMED)[number],
    number
  >
  for (const id of vms) {
    const vm = read.find('VirtualMachine', id)
    if (vm?.runtime.powerState !== 'poweredOn') continue
    const stats = quickStatsOf(id, vm, now)
    for (const member of SUMMED) total[member] += stats[member] ?? 0
  }
  return total
}
