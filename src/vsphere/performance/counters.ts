import { data } from '#vim25/data.js'
import type {
  ElementDescription,
  PerfCounterInfo,
  PerformanceManagerUnit,
  PerfStatsType,
  PerfSummaryType,
} from '#vim25/generated/types.js'
import { cpu, rescpu } from './counters/cpu.js'
import { mem } from './counters/memory.js'
import { net } from './counters/network.js'
import {
  datastore,
  disk,
  pmem,
  storageAdapter,
  storagePath,
  vflashModule,
  virtualDisk,
} from './counters/storage.js'
import { clusterServices, gpu, hbr, managementAgent, power, sys, vmop } from './counters/system.js'
import { vcDebugInfo, vcResources, vsanDomObj } from './counters/vcenter.js'

/** Kinds of entities that counters are about, as the notation of the counters abbreviates them. */
export type Kind = 'V' | 'H' | 'C' | 'P' | 'S' | 'D'

/** What a kind of entity has of a counter: a total, a value per instance (device, CPU, file ...), or both. */
export interface Offered {
  readonly total: boolean
  readonly instances: boolean
}

export interface Counter {
  readonly info: PerfCounterInfo
  /** `cpu.usage`. */
  readonly name: string
  readonly offered: ReadonlyMap<Kind, Offered>
}

/** Groups of counters: key, label and rows. */
const GROUPS: readonly (readonly [key: string, label: string, rows: string])[] = [
  ['cpu', 'CPU', cpu],
  ['mem', 'Memory', mem],
  ['disk', 'Disk', disk],
  ['net', 'Network', net],
  ['sys', 'System', sys],
  ['power', 'Power', power],
  ['storageAdapter', 'Storage adapter', storageAdapter],
  ['virtualDisk', 'Virtual disk', virtualDisk],
  ['datastore', 'Datastore', datastore],
  ['vmop', 'Virtual machine operations', vmop],
  ['clusterServices', 'Cluster services', clusterServices],
  ['storagePath', 'Storage path', storagePath],
  ['rescpu', 'Resource group CPU', rescpu],
  ['managementAgent', 'Management agent', managementAgent],
  ['vcDebugInfo', 'vCenter debugging information', vcDebugInfo],
  ['vcResources', 'vCenter resource usage information', vcResources],
  ['vsanDomObj', 'VSAN DOM Objects', vsanDomObj],
  ['gpu', 'GPU', gpu],
  ['pmem', 'PMEM', pmem],
  ['vflashModule', 'Virtual flash', vflashModule],
  ['hbr', 'vSphere Replication', hbr],
]

const UNITS: Readonly<Record<string, readonly [PerformanceManagerUnit, label: string, words: string]>> = {
  num: ['number', 'num', 'Number'],
  KB: ['kiloBytes', 'KB', 'Kilobytes'],
  MB: ['megaBytes', 'MB', 'Megabytes'],
  TB: ['teraBytes', 'TB', 'Terabytes'],
  KBps: ['kiloBytesPerSecond', 'KBps', 'Kilobytes per second'],
  '%': ['percent', '%', 'Percentage'],
  us: ['microsecond', 'µs', 'Microsecond'],
  ms: ['millisecond', 'ms', 'Millisecond'],
  s: ['second', 's', 'Second'],
  MHz: ['megaHertz', 'MHz', 'Megahertz'],
  W: ['watt', 'W', 'Watt'],
  J: ['joule', 'J', 'Joule'],
  C: ['celsius', '℃', 'Temperature in degrees Celsius'],
}

const ROLLUPS: Readonly<Record<string, string>> = {
  average: 'average over the interval',
  maximum: 'the highest value in the interval',
  minimum: 'the lowest value in the interval',
  latest: 'the last value of the interval',
  summation: 'the sum over the interval',
  none: 'as it was collected',
}

const element = (key: string, label: string, summary: string): ElementDescription =>
  data('ElementDescription', { key, label, summary })

function parsed(): readonly Counter[] {
  const counters: Counter[] = []
  for (const [group, groupLabel, rows] of GROUPS) {
    const groupInfo = element(group, groupLabel, groupLabel)
    for (const row of rows.trim().split('\n')) {
      const [name = '', measure = '', label = '', rollups = ''] = row.split('|').map((cell) => cell.trim())
      const [unit = '', statsType = ''] = measure.split(' ')
      const [unitKey, unitLabel, unitWords] = UNITS[unit] ?? ['number', unit, unit]
      for (const rollup of rollups.split(' ')) {
        const [rollupType = '', rest = ''] = rollup.split('=')
        const [key, levels = '', offered = ''] = rest.split(':')
        const [level, perDeviceLevel = level] = levels.split('/').map(Number)
        counters.push({
          name: `${group}.${name}`,
          info: data('PerfCounterInfo', {
            key: Number(key),
            // The texts of the real thing are its own; these say what the other members say.
            nameInfo: element(name, label, `${label}: ${ROLLUPS[rollupType] ?? rollupType}`),
            groupInfo,
            unitInfo: element(unitKey, unitLabel, unitWords),
            rollupType: rollupType as PerfSummaryType,
            statsType: statsType as PerfStatsType,
            level,
            perDeviceLevel,
          }),
          offered: new Map(
            [...offered.matchAll(/([A-Z])([+*]?)/g)].map(([, kind, mark]) => [
              kind as Kind,
              { total: mark !== '*', instances: mark !== '' },
            ]),
          ),
        })
      }
    }
  }
  return counters.sort((a, b) => a.info.key - b.info.key)
}

/**
 * Every counter, by number. Numbers, names, units, levels and who has what: a vCenter 8.0's list as the govmomi project
 * recorded it for its simulator (Apache-2.0), with what VMs have per virtual disk, and what clusters and datastores have
 * besides, from the Performance Manager's reference.
 */
export const COUNTERS: readonly Counter[] = Object.freeze(parsed())

export const countersByKey: ReadonlyMap<number, Counter> = new Map(
  COUNTERS.map((counter) => [counter.info.key, counter]),
)

/** PerformanceManager.perfCounter as installed. */
export const INSTALLED: readonly PerfCounterInfo[] = Object.freeze(COUNTERS.map(({ info }) => info))
