import type { ApplianceMonitoringMonitoredItem } from '#vapi/generated/types.js'

/** A measured value of the appliance: between `low` and `high`, or always `low`. */
export interface Metric {
  readonly item: ApplianceMonitoringMonitoredItem
  readonly low: number
  readonly high: number
}

const KEYS = 'com.vmware.applmgmt.mon'

function metric(
  id: string,
  category: 'cpu' | 'memory' | 'storage' | 'disk' | 'network',
  unit: string,
  instance: string,
  low: number,
  high = low,
): Metric {
  const item = {
    id,
    name: `${KEYS}.name.${id}`,
    units: `${KEYS}.unit.${unit}`,
    category: `${KEYS}.cat.${category}`,
    instance,
    description: `${KEYS}.descr.${id}`,
  }
  return Object.freeze({ item: Object.freeze(item), low, high })
}

const GIB = 1024 * 1024

/** Sizes in KB of the partitions of a small appliance. */
const FILESYSTEMS: readonly (readonly [name: string, instance: string, kb: number])[] = [
  ['seat', '', 10 * GIB],
  ['db', '', 10 * GIB],
  ['dblog', '', 15 * GIB],
  ['root', '/', 48 * GIB],
  ['boot', '/boot', 0.5 * GIB],
  ['archive', '/storage/archive', 50 * GIB],
  ['autodeploy', '/storage/autodeploy', 10 * GIB],
  ['core', '/storage/core', 25 * GIB],
  ['imagebuilder', '/storage/imagebuilder', 10 * GIB],
  ['lifecycle', '/storage/lifecycle', 100 * GIB],
  ['log', '/storage/log', 10 * GIB],
  ['netdump', '/storage/netdump', 1 * GIB],
  ['updatemgr', '/storage/updatemgr', 100 * GIB],
  ['vtsdb', '/storage/vtsdb', 10 * GIB],
  ['vtsdblog', '/storage/vtsdblog', 5 * GIB],
]

/** How full file systems are; a few percent at most keep moving. */
const USED = 0.2

const MEMORY_KB = 14 * GIB

/** Identifiers, units and instances recorded from 7.0.2 (a part of its list); the ranges are ours (deviation 69). */
export const METRICS: readonly Metric[] = [
  metric('mem.util', 'memory', 'kb', '', 0.6 * MEMORY_KB, 0.7 * MEMORY_KB),
  metric('mem.usage', 'memory', 'percent', '', 60, 70),
  metric('mem.total', 'memory', 'kb', '', MEMORY_KB),
  metric('swap.pageRate', 'memory', 'pages_per_sec', '', 0, 2),
  metric('cpu.util', 'cpu', 'percent', '', 3, 18),
  metric('cpu.steal', 'cpu', 'percent', '', 0),
  ...FILESYSTEMS.flatMap(([name, instance, kb]) => [
    metric(`storage.used.filesystem.${name}`, 'storage', 'kb', instance, USED * kb),
    metric(`storage.totalsize.filesystem.${name}`, 'storage', 'kb', instance, kb),
    metric(`storage.util.filesystem.${name}`, 'storage', 'percent', instance, 100 * USED),
  ]),
  ...['dm-0', 'dm-1'].flatMap((disk) => [
    metric(`disk.read.rate.${disk}`, 'disk', 'num_of_io_per_msec', disk, 0, 0.02),
    metric(`disk.write.rate.${disk}`, 'disk', 'num_of_io_per_msec', disk, 0.01, 0.08),
    metric(`disk.latency.rate.${disk}`, 'disk', 'msec_per_io', disk, 0.4, 1.8),
  ]),
  ...['rx', 'tx'].flatMap((way) =>
    [['eth0', 4, 60] as const, ['lo', 200, 900] as const].flatMap(([nic, low, high]) => [
      metric(`net.${way}.activity.${nic}`, 'network', 'kb_per_sec', nic, low, high),
      metric(`net.${way}.packetRate.${nic}`, 'network', 'packets_per_sec', nic, low, high),
      metric(`net.${way}.drop.${nic}`, 'network', 'drops_per_sample', nic, 0),
    ]),
  ),
]
