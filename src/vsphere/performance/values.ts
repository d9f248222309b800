import type { Counter } from './counters.js'
import type { Capacity, Load } from './load.js'

/** One sample of one entity, from which every counter's value follows. */
export interface Moment {
  readonly load: Load
  readonly capacity: Capacity
  /** Length of the interval. */
  readonly seconds: number
  /** How long the entity has been running at the end of the interval, s. */
  readonly uptime: number
  /** ESXi itself, which draws power when nothing else does. */
  readonly host: boolean
  /** What the inventory tells of the entity besides, by counter: space of datastores, effective resources of clusters ... */
  readonly known: Readonly<Record<string, number>>
}

type Value = (moment: Moment) => number

const KB_PER_MB = 1024

/** Hundredths of a percent, as all counters in percent. */
const percent = (part: number, whole: number) => (whole > 0 ? Math.min(10_000, (part / whole) * 10_000) : 0)

const cpuPercent: Value = ({ load, capacity }) => percent(load.cpuMHz, capacity.cpuMHz)
const memoryPercent: Value = ({ load, capacity, host }) =>
  percent(host ? load.consumedMB : load.activeMB, capacity.memoryMB)
const cpuMHz: Value = ({ load }) => load.cpuMHz
const capacityMHz: Value = ({ capacity }) => capacity.cpuMHz
const capacityKB: Value = ({ capacity }) => capacity.memoryMB * KB_PER_MB
const activeKB: Value = ({ load }) => load.activeMB * KB_PER_MB
const consumedKB: Value = ({ load }) => load.consumedMB * KB_PER_MB
const overheadKB: Value = ({ load }) => load.overheadMB * KB_PER_MB

/** Milliseconds of all CPUs together that were spent on the load, and the rest. */
const used: Value = (moment) => (cpuPercent(moment) / 10_000) * moment.capacity.cpus * moment.seconds * 1000
const idle: Value = (moment) => moment.capacity.cpus * moment.seconds * 1000 - used(moment)

/** KB/s and requests per second for each MHz of load, and what a packet and a request carry (deviation 97). */
const NET_PER_MHZ = 0.2
const DISK_PER_MHZ = 0.3
const PACKET_BYTES = 800
const REQUEST_KB = 16

const network =
  (share: number): Value =>
  ({ load }) =>
    load.cpuMHz * NET_PER_MHZ * share
const packets =
  (share: number): Value =>
  (moment) =>
    (network(share)(moment) * 1024 * moment.seconds) / PACKET_BYTES
const disk =
  (share: number): Value =>
  ({ load }) =>
    load.cpuMHz * DISK_PER_MHZ * share
const requests =
  (share: number): Value =>
  (moment) =>
    disk(share)(moment) / REQUEST_KB
const requestsInAll =
  (share: number): Value =>
  (moment) =>
    requests(share)(moment) * moment.seconds
const constant =
  (value: number): Value =>
  () =>
    value

/** What is received, and what is read, of all. */
const IN = 0.6
const READ = 0.4

/** A server's watts when idle and at full load; a VM's share is its part of the difference (ours). */
const IDLE_WATTS = 120
const BUSY_WATTS = 230
const watts: Value = (moment) =>
  (moment.host ? IDLE_WATTS : 0) +
  (BUSY_WATTS * (moment.capacity.cpuMHz > 0 ? cpuPercent(moment) : 0)) / 10_000 / (moment.host ? 1 : 8)

/** The same figures by the names of each group of storage counters. */
const storage = (group: string): Readonly<Record<string, Value>> => ({
  [`${group}.read`]: disk(READ),
  [`${group}.write`]: disk(1 - READ),
  [`${group}.usage`]: disk(1),
  [`${group}.numberRead`]: requestsInAll(READ),
  [`${group}.numberWrite`]: requestsInAll(1 - READ),
  [`${group}.commands`]: requestsInAll(1),
  [`${group}.numberReadAveraged`]: requests(READ),
  [`${group}.numberWriteAveraged`]: requests(1 - READ),
  [`${group}.commandsAveraged`]: requests(1),
  [`${group}.datastoreIops`]: requests(1),
  [`${group}.totalLatency`]: constant(1),
  [`${group}.totalReadLatency`]: constant(1),
  [`${group}.totalWriteLatency`]: constant(1),
  [`${group}.maxTotalLatency`]: constant(2),
  [`${group}.deviceLatency`]: constant(1),
  [`${group}.deviceReadLatency`]: constant(1),
  [`${group}.deviceWriteLatency`]: constant(1),
  [`${group}.sizeNormalizedDatastoreLatency`]: constant(1000),
  [`${group}.maxQueueDepth`]: constant(64),
  [`${group}.queueDepth`]: constant(64),
  [`${group}.throughput.usage`]: disk(1),
  [`${group}.throughput.usag`]: disk(1),
})

const VALUES: Readonly<Record<string, Value>> = {
  'cpu.usage': cpuPercent,
  'cpu.utilization': cpuPercent,
  'cpu.coreUtilization': cpuPercent,
  'cpu.usagemhz': cpuMHz,
  'cpu.demand': cpuMHz,
  'cpu.demandEntitlementRatio': constant(10_000),
  'cpu.capacity.usage': cpuMHz,
  'cpu.capacity.demand': cpuMHz,
  'cpu.capacity.provisioned': capacityMHz,
  'cpu.capacity.entitlement': cpuMHz,
  'cpu.cpuentitlement': capacityMHz,
  'cpu.entitlement': capacityMHz,
  'cpu.totalmhz': capacityMHz,
  'cpu.totalCapacity': capacityMHz,
  'cpu.corecount.provisioned': ({ capacity }) => capacity.cpus,
  'cpu.corecount.usage': ({ capacity }) => capacity.cpus,
  'cpu.used': used,
  'cpu.run': used,
  'cpu.idle': idle,
  'cpu.wait': idle,
  'mem.usage': memoryPercent,
  'mem.active': activeKB,
  'mem.consumed': consumedKB,
  'mem.granted': ({ load, capacity, host }) =>
    (host ? load.consumedMB : Math.max(capacity.memoryMB, load.consumedMB)) * KB_PER_MB,
  'mem.overhead': overheadKB,
  'mem.entitlement': consumedKB,
  'mem.mementitlement': ({ capacity }) => capacity.memoryMB,
  'mem.totalmb': ({ capacity }) => capacity.memoryMB,
  'mem.totalCapacity': ({ capacity }) => capacity.memoryMB,
  'mem.unreserved': ({ load, capacity }) => (capacity.memoryMB - load.overheadMB) * KB_PER_MB,
  'mem.sysUsage': ({ known }) => known['mem.sysUsage'] ?? 0,
  'mem.capacity.provisioned': capacityKB,
  'mem.capacity.entitlement': consumedKB,
  'mem.capacity.usable': capacityKB,
  'mem.capacity.usage': consumedKB,
  'mem.capacity.usage.vm': consumedKB,
  'mem.capacity.contention': constant(0),
  'mem.consumed.vms': consumedKB,
  'net.usage': network(1),
  'net.received': network(IN),
  'net.transmitted': network(1 - IN),
  'net.bytesRx': network(IN),
  'net.bytesTx': network(1 - IN),
  'net.throughput.usage': network(1),
  'net.throughput.usage.vm': network(1),
  'net.packetsRx': packets(IN),
  'net.packetsTx': packets(1 - IN),
  ...storage('disk'),
  ...storage('virtualDisk'),
  ...storage('datastore'),
  ...storage('storageAdapter'),
  ...storage('storagePath'),
  'disk.throughput.usage': disk(1),
  'sys.uptime': ({ uptime }) => uptime,
  'sys.osUptime': ({ uptime }) => uptime,
  // VMware Tools say once a second that they are there.
  'sys.heartbeat': ({ seconds }) => seconds,
  'power.power': watts,
  'power.energy': (moment) => watts(moment) * moment.seconds,
  'power.capacity.usage': watts,
  'power.capacity.usable': constant(IDLE_WATTS + BUSY_WATTS),
  'power.capacity.usagePct': (moment) => percent(watts(moment), IDLE_WATTS + BUSY_WATTS),
  'rescpu.actav1': cpuPercent,
  'rescpu.actav5': cpuPercent,
  'rescpu.actav15': cpuPercent,
  'rescpu.actpk1': cpuPercent,
  'rescpu.actpk5': cpuPercent,
  'rescpu.actpk15': cpuPercent,
  'rescpu.runav1': cpuPercent,
  'rescpu.runav5': cpuPercent,
  'rescpu.runav15': cpuPercent,
  'rescpu.runpk1': cpuPercent,
  'rescpu.runpk5': cpuPercent,
  'rescpu.runpk15': cpuPercent,
  'rescpu.sampleCount': constant(10),
  'rescpu.samplePeriod': constant(6000),
}

/** Figures that every instance has as the whole has them; the others are shared out among the instances. */
const UNDIVIDED: ReadonlySet<string> = new Set(['percent', 'second', 'microsecond'])
const isLevel = ({ name }: Counter) => /latency|queuedepth/i.test(name)

/**
 * The counter's value at a moment: a whole number, in the counter's unit (percent: hundredths). `instances`: how many share
 * it; 1 for the total. 0 for what nothing here ever causes (contention, swapping, errors).
 */
export function counterValue(counter: Counter, moment: Moment, instances: number): number {
  const known = moment.known[counter.name]
  const value = known ?? VALUES[counter.name]?.(moment) ?? 0
  const whole = UNDIVIDED.has(counter.info.unitInfo.key) || isLevel(counter)
  return Math.round(whole ? value : value / instances)
}
