import type { Reader } from '#inventory/reader.js'
import { IDLE_CPU_MHZ, IDLE_MEMORY_MB } from '../host/project.js'
import { capacityOf } from '../resource-pool/usage.js'
import { LEVEL_COUNT, STATS_INTERVAL_MS } from '../vm/quick-stats.js'
import { totalUsage } from '../vm/total-usage.js'
import { membersOf, type Provider } from './entity.js'

/** How busy an entity is: MHz and MB. */
export interface Load {
  readonly cpuMHz: number
  readonly activeMB: number
  readonly consumedMB: number
  readonly overheadMB: number
}

/** What does not change from sample to sample. */
export interface Capacity {
  readonly cpuMHz: number
  readonly memoryMB: number
  readonly cpus: number
}

const MB = 2 ** 20

/**
 * The loads that an entity goes through one after the other, by `slot % length`, where a slot is 20 seconds: what its
 * quick statistics show at those times.
 */
export function cycleOf(read: Reader, provider: Provider, now: number): readonly Load[] {
  const { hosts, vms } = membersOf(read, provider)
  const running = hosts.filter((id) => read.get('HostSystem', id).runtime.connectionState === 'connected')
  const latest = Math.floor(now / STATS_INTERVAL_MS)
  const cycle: Load[] = []
  for (let slot = latest; slot > latest - LEVEL_COUNT; slot--) {
    const usage = totalUsage(read, vms, slot * STATS_INTERVAL_MS)
    cycle[((slot % LEVEL_COUNT) + LEVEL_COUNT) % LEVEL_COUNT] = {
      cpuMHz: usage.overallCpuUsage + running.length * IDLE_CPU_MHZ,
      activeMB: usage.guestMemoryUsage + running.length * IDLE_MEMORY_MB,
      consumedMB: usage.hostMemoryUsage + running.length * IDLE_MEMORY_MB,
      overheadMB: usage.consumedOverheadMemory,
    }
  }
  return cycle
}

export function capacity(read: Reader, { kind, ref }: Provider): Capacity {
  switch (kind) {
    case 'V': {
      const { config, runtime } = read.get('VirtualMachine', ref.value)
      return {
        cpuMHz: runtime.maxCpuUsage ?? 0,
        memoryMB: config?.hardware.memoryMB ?? 0,
        cpus: config?.hardware.numCPU ?? 0,
      }
    }
    case 'H': {
      const hardware = read.get('HostSystem', ref.value).summary.hardware
      return {
        cpuMHz: (hardware?.cpuMhz ?? 0) * (hardware?.numCpuCores ?? 0),
        memoryMB: Math.floor(Number(hardware?.memorySize ?? 0) / MB),
        cpus: hardware?.numCpuThreads ?? 0,
      }
    }
    case 'C': {
      const { summary } = read.get('ClusterComputeResource', ref.value)
      return {
        cpuMHz: summary.totalCpu,
        memoryMB: Math.floor(Number(summary.totalMemory) / MB),
        cpus: summary.numCpuThreads,
      }
    }
    case 'P':
      return {
        cpuMHz: capacityOf(read, ref.value, 'cpu'),
        memoryMB: Math.floor(capacityOf(read, ref.value, 'memory') / MB),
        cpus: 0,
      }
    default:
      return { cpuMHz: 0, memoryMB: 0, cpus: 0 }
  }
}

/** The loads of an interval rolled up: of the slots that end in (end - seconds, end]. */
export function rolledUp(
  cycle: readonly Load[],
  endSlot: number,
  slots: number,
  rollup: 'average' | 'minimum' | 'maximum',
): Load {
  const at = (slot: number) => cycle[((slot % cycle.length) + cycle.length) % cycle.length] as Load
  if (slots <= 1) return at(endSlot)
  const figure = (member: keyof Load): number => {
    if (rollup !== 'average') {
      let extreme = at(endSlot)[member]
      const pick = rollup === 'minimum' ? Math.min : Math.max
      for (let back = 1; back < Math.min(slots, cycle.length); back++)
        extreme = pick(extreme, at(endSlot - back)[member])
      return extreme
    }
    // Whole cycles all add up to the same.
    const whole = Math.floor(slots / cycle.length)
    let sum = whole === 0 ? 0 : whole * cycle.reduce((total, load) => total + load[member], 0)
    for (let back = 0; back < slots % cycle.length; back++) sum += at(endSlot - back)[member]
    return sum / slots
  }
  return {
    cpuMHz: figure('cpuMHz'),
    activeMB: figure('activeMB'),
    consumedMB: figure('consumedMB'),
    overheadMB: figure('overheadMB'),
  }
}
