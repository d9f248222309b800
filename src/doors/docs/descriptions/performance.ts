import type { Descriptions, Lab } from './description.js'

const manager = (lab: Lab) => lab.ref('PerformanceManager')
const cluster = (lab: Lab) => lab.ref('ClusterComputeResource')
const host = (lab: Lab) => lab.ref('HostSystem')

/** cpu.usage.average and mem.usage.average. */
const CPU_USAGE = 2
const MEMORY_USAGE = 24

const REFUSED = 'nothing, for it refuses every interval'

export const performanceDescriptions: Descriptions = {
  'PerformanceManager.QueryPerfProviderSummary': {
    summary: 'Tells how often an entity sends statistics',
    text: 'Hosts, VMs and resource pools send samples every 20 seconds (`refreshRate`); of clusters, datastores and datacenters there are only the rolled up ones (-1).',
    example: { on: manager, body: (lab) => ({ entity: host(lab) }) },
  },
  'PerformanceManager.QueryAvailablePerfMetric': {
    summary: 'Lists the series that there are of an entity',
    text: '`intervalId` 20 is the last hour, 300, 1800, 7200 and 86400 are history: there only counters up to the level of the interval are kept.',
    example: { on: manager, body: (lab) => ({ entity: host(lab), intervalId: 20 }) },
  },
  'PerformanceManager.QueryPerfCounter': {
    summary: 'Reads counters by their numbers',
    example: { on: manager, body: () => ({ counterId: [CPU_USAGE, MEMORY_USAGE] }) },
  },
  'PerformanceManager.QueryPerfCounterByLevel': {
    summary: 'Lists the counters that are collected at a level',
    text: 'Those of the levels below belong to it.',
    example: { on: manager, body: () => ({ level: 1 }) },
  },
  'PerformanceManager.QueryPerf': {
    summary: 'Reads series of statistics',
    text: 'Per entity: which counters, of which instances (`*` all, empty the total), from when to when, in which interval, as numbers or as text (`csv`). The series follow from the clock and the state, so the same question has the same answer; what does not run has none.',
    example: {
      on: manager,
      body: (lab) => ({
        querySpec: [
          {
            _typeName: 'PerfQuerySpec',
            entity: host(lab),
            intervalId: 20,
            maxSample: 3,
            metricId: [
              { _typeName: 'PerfMetricId', counterId: CPU_USAGE, instance: '' },
              { _typeName: 'PerfMetricId', counterId: MEMORY_USAGE, instance: '' },
            ],
          },
        ],
      }),
    },
  },
  'PerformanceManager.QueryPerfComposite': {
    summary: 'Reads the history of an entity and of what is directly below it',
    text: 'A host with its VMs, a cluster with its hosts. Not for the last hour (`intervalId` 20).',
    example: {
      on: manager,
      body: (lab) => ({
        querySpec: {
          _typeName: 'PerfQuerySpec',
          entity: cluster(lab),
          intervalId: 300,
          metricId: [{ _typeName: 'PerfMetricId', counterId: CPU_USAGE, instance: '' }],
        },
      }),
    },
  },
  'PerformanceManager.UpdatePerfInterval': {
    summary: 'Changes how much of history is kept',
    text: 'An interval is on only while the finer one is, and its level is not above that one’s.',
    example: {
      on: manager,
      body: () => ({
        interval: {
          _typeName: 'PerfInterval',
          key: 1,
          samplingPeriod: 300,
          name: 'Past Day',
          length: 86_400,
          level: 2,
          enabled: true,
        },
      }),
    },
  },
  'PerformanceManager.CreatePerfInterval': {
    summary: 'Adds an interval',
    text: 'There are four, and no others: always `NotSupported`.',
    example: {
      stale: REFUSED,
      on: manager,
      body: () => ({
        intervalId: {
          _typeName: 'PerfInterval',
          key: 5,
          samplingPeriod: 600,
          name: 'Past Hours',
          length: 86_400,
          enabled: true,
        },
      }),
    },
  },
  'PerformanceManager.RemovePerfInterval': {
    summary: 'Removes an interval',
    text: 'The four stay: always `NotSupported`.',
    example: { stale: REFUSED, on: manager, body: () => ({ samplePeriod: 86_400 }) },
  },
  'PerformanceManager.UpdateCounterLevelMapping': {
    summary: 'Changes the levels at which counters are collected',
    text: '1 to 4, for the total and for each device.',
    example: {
      on: manager,
      body: () => ({
        counterLevelMap: [
          {
            _typeName: 'PerformanceManagerCounterLevelMapping',
            counterId: CPU_USAGE,
            aggregateLevel: 2,
          },
        ],
      }),
    },
  },
  'PerformanceManager.ResetCounterLevelMapping': {
    summary: 'Gives counters their installed levels back',
    example: { on: manager, body: () => ({ counters: [CPU_USAGE] }) },
  },
}
