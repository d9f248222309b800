import type { Reader } from '#inventory/reader.js'
import { IDLE_MEMORY_MB } from '../host/project.js'
import type { Provider } from './entity.js'

const KB = 1024

/** What the inventory itself says about counters of an entity, by the counter's name, in the counter's unit. */
export function knownOf(read: Reader, { kind, ref }: Provider): Readonly<Record<string, number>> {
  switch (kind) {
    case 'H':
      return { 'mem.sysUsage': IDLE_MEMORY_MB * KB }
    case 'C': {
      const { summary } = read.get('ClusterComputeResource', ref.value)
      return {
        'clusterServices.effectivecpu': summary.effectiveCpu,
        'clusterServices.effectivemem': Number(summary.effectiveMemory),
        'clusterServices.failover': (summary as { currentFailoverLevel?: number }).currentFailoverLevel ?? 0,
      }
    }
    case 'S': {
      const { summary } = read.get('Datastore', ref.value)
      const [all, free] = [Number(summary.capacity), Number(summary.freeSpace)]
      return {
        'disk.capacity': Math.floor(all / KB),
        'disk.used': Math.floor((all - free) / KB),
        'disk.provisioned': Math.floor((all - free + Number(summary.uncommitted ?? 0)) / KB),
        'disk.unshared': Math.floor((all - free) / KB),
      }
    }
    default:
      return {}
  }
}
