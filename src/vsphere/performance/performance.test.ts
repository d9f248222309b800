import { describe, expect, it } from 'vitest'
import type {
  PerfCompositeMetric,
  PerfCounterInfo,
  PerfEntityMetric,
  PerfEntityMetricCSV,
  PerfInterval,
  PerfMetricId,
  PerfMetricIntSeries,
  VirtualMachineSummary,
} from '#vim25/generated/types.js'
import { problemsOf } from '#vim25/json/check.js'
import { managedType } from '#vim25/schema.js'
import { TEST_TIME } from '../core/testing.js'
import { createServiceObjects } from '../service-instance/build.js'
import { createVmLab } from '../vm/testing.js'
import { COUNTERS } from './counters.js'
import { HISTORICAL_INTERVALS } from './intervals.js'

const HOUR = 3_600_000
const MANAGER = 'PerfMgr'

/** The lab with a VM that has been running for two hours. */
function measured() {
  const lab = createVmLab()
  lab.act((ctx) => createServiceObjects(ctx))
  const vm = lab.create()
  lab.task('VirtualMachine', vm, 'PowerOnVM_Task', {})
  lab.sandbox.clock.advance(2 * HOUR + 7000)
  const [host] = [lab.get<{ host: { type: string; value: string } }>('VirtualMachine', vm, 'runtime').host]
  const ref = (type: string, value: string) => ({ _typeName: 'ManagedObjectReference', type, value }) as const
  const call = <T>(method: string, args: object) => lab.call('PerformanceManager', MANAGER, method, args) as T
  const query = (spec: object) => call<PerfEntityMetric[]>('QueryPerf', { querySpec: [spec] })
  const fault = (method: string, args: object) => lab.fault('PerformanceManager', MANAGER, method, args)
  return {
    lab,
    vm: ref('VirtualMachine', vm),
    host,
    cluster: ref('ClusterComputeResource', lab.cluster),
    datastore: ref('Datastore', lab.datastore),
    call,
    query,
    fault,
  }
}

const named = (name: string, rollup: string): number => {
  const found = COUNTERS.find((counter) => counter.name === name && counter.info.rollupType === rollup)
  if (!found) throw new Error(`There is no counter ${name}.${rollup}.`)
  return found.info.key
}

const metric = (name: string, rollup: string, instance = '') => ({ counterId: named(name, rollup), instance })
const valuesIn = (found: PerfEntityMetric | undefined, at = 0) =>
  (found?.value?.[at] as PerfMetricIntSeries | undefined)?.value

describe('PerformanceManager', () => {
  it('lists its counters and intervals as the schema declares them', () => {
    const { lab } = measured()
    for (const property of managedType('PerformanceManager')?.properties ?? [])
      expect(problemsOf(lab.get('PerformanceManager', MANAGER, property.name), property)).toEqual([])
    const counters = lab.get<PerfCounterInfo[]>('PerformanceManager', MANAGER, 'perfCounter')
    expect(counters).toHaveLength(560)
    expect(new Set(counters.map(({ key }) => key)).size).toBe(560)
    expect(counters.find(({ key }) => key === 2)).toMatchObject({
      nameInfo: { key: 'usage', label: 'Usage' },
      groupInfo: { key: 'cpu', label: 'CPU' },
      unitInfo: { key: 'percent', label: '%' },
      rollupType: 'average',
      statsType: 'rate',
      level: 1,
      perDeviceLevel: 3,
    })
    expect(lab.get('PerformanceManager', MANAGER, 'historicalInterval')).toEqual(HISTORICAL_INTERVALS)
  })

  it('tells who sends samples as they are made', () => {
    const { vm, cluster, call, fault, lab } = measured()
    expect(call('QueryPerfProviderSummary', { entity: vm })).toMatchObject({
      entity: vm,
      currentSupported: true,
      refreshRate: 20,
    })
    expect(call('QueryPerfProviderSummary', { entity: cluster })).toMatchObject({
      currentSupported: false,
      summarySupported: true,
      refreshRate: -1,
    })
    const folder = { _typeName: 'ManagedObjectReference', type: 'Folder', value: lab.vmFolder }
    expect(fault('QueryPerfProviderSummary', { entity: folder })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'entity',
    })
  })

  it('lists series per entity and interval', () => {
    const { vm, host, cluster, call } = measured()
    const available = (entity: object, intervalId?: number) =>
      call<PerfMetricId[]>('QueryAvailablePerfMetric', { entity, intervalId })
    const instances = (found: PerfMetricId[], counterId: number) =>
      found.filter((id) => id.counterId === counterId).map(({ instance }) => instance)
    expect(instances(available(vm, 20), named('cpu.ready', 'summation'))).toEqual(['', '0', '1'])
    expect(instances(available(vm, 300), named('cpu.ready', 'summation'))).toEqual([''])
    expect(instances(available(host, 20), named('net.usage', 'average'))).toEqual(['', 'vmnic0', 'vmnic1'])
    expect(available(cluster, 20)).toEqual([])
    expect(available(cluster, 300).length).toBeGreaterThan(20)
    expect(available(vm, 17)).toEqual([])
  })
})

describe('PerformanceManager.QueryPerf', () => {
  it('gives the last hour of a VM, the newest of it what the quick statistics show', () => {
    const { lab, vm, query } = measured()
    const metricId = [metric('cpu.usagemhz', 'average'), metric('mem.active', 'average')]
    const [found] = query({ entity: vm, intervalId: 20, metricId })
    expect(found?.sampleInfo).toHaveLength(180)
    expect(found?.sampleInfo?.at(-1)).toMatchObject({
      timestamp: new Date(TEST_TIME + 2 * HOUR).toISOString().replace('.000', ''),
      interval: 20,
    })
    const { quickStats } = lab.get<VirtualMachineSummary>('VirtualMachine', vm.value, 'summary')
    expect(valuesIn(found)?.at(-1)).toBe(quickStats.overallCpuUsage)
    expect(valuesIn(found, 1)?.at(-1)).toBe((quickStats.guestMemoryUsage ?? 0) * 1024)
    expect(new Set(valuesIn(found)).size).toBeGreaterThan(3)
    expect(query({ entity: vm, intervalId: 20, metricId })).toEqual([found])
  })

  it('takes only what lies after the start, up to the end, and at most so many', () => {
    const { vm, query } = measured()
    const at = (ms: number) => new Date(TEST_TIME + ms).toISOString()
    const metricId = [metric('cpu.usage', 'average')]
    const times = (spec: object) =>
      query({ entity: vm, intervalId: 20, metricId, ...spec })[0]?.sampleInfo?.map(
        ({ timestamp }) => (Date.parse(timestamp) - TEST_TIME - HOUR) / 1000,
      )
    const range = { startTime: at(1.5 * HOUR), endTime: at(1.5 * HOUR + 60_000) }
    expect(times(range)).toEqual([1820, 1840, 1860])
    expect(times({ ...range, maxSample: 2 })).toEqual([1840, 1860])
    expect(query({ entity: vm, intervalId: 20, metricId, endTime: at(HOUR / 2) })).toEqual([])
  })

  it('adds up hosts and clusters from their VMs, and writes series as text when asked', () => {
    const { vm, host, cluster, lab, call, query } = measured()
    const usage = (entity: object) =>
      Number(
        valuesIn(query({ entity, intervalId: 20, metricId: [metric('cpu.usagemhz', 'average')] })[0])?.at(-1),
      )
    const { quickStats } = lab.get<{ quickStats: { overallCpuUsage: number } }>(
      'HostSystem',
      host.value,
      'summary',
    )
    expect(usage(host)).toBe(quickStats.overallCpuUsage)
    expect(usage(host)).toBeGreaterThan(usage(vm))
    const [text] = call<PerfEntityMetricCSV[]>('QueryPerf', {
      querySpec: [
        {
          entity: cluster,
          intervalId: 300,
          format: 'csv',
          startTime: new Date(TEST_TIME + HOUR).toISOString(),
          endTime: new Date(TEST_TIME + HOUR + 600_000).toISOString(),
          metricId: [metric('clusterServices.effectivecpu', 'average')],
        },
      ],
    })
    expect(text?.sampleInfoCSV).toBe('300,2026-01-01T01:05:00Z,300,2026-01-01T01:10:00Z')
    const { effectiveCpu } = lab.get<{ effectiveCpu: number }>(
      'ClusterComputeResource',
      cluster.value,
      'summary',
    )
    expect(text?.value?.[0]?.value).toBe(`${effectiveCpu},${effectiveCpu}`)
  })

  it('gives all instances for *, the total for nothing, one by its name', () => {
    const { vm, query } = measured()
    const instances = (instance: string) =>
      query({
        entity: vm,
        intervalId: 20,
        maxSample: 1,
        metricId: [metric('cpu.used', 'summation', instance)],
      })
        .flatMap(({ value }) => value ?? [])
        .map(({ id }) => id.instance)
    expect(instances('*')).toEqual(['', '0', '1'])
    expect(instances('')).toEqual([''])
    expect(instances('1')).toEqual(['1'])
    expect(instances('7')).toEqual([])
  })

  it('has nothing of a VM that does not run, and no more of the past than is kept', () => {
    const { lab, vm, host, datastore, query } = measured()
    const year = query({ entity: datastore, intervalId: 86_400, metricId: [metric('disk.used', 'latest')] })
    expect(year[0]?.sampleInfo).toHaveLength(365)
    expect(
      query({ entity: host, intervalId: 300, startTime: '2001-01-01T00:00:00Z' })[0]?.sampleInfo?.length,
    ).toBeLessThan(289)
    lab.task('VirtualMachine', vm.value, 'PowerOffVM_Task')
    expect(query({ entity: vm, intervalId: 20 })).toEqual([])
  })

  it('refuses what there is not', () => {
    const { vm, cluster, fault } = measured()
    const refused = (spec: object) => fault('QueryPerf', { querySpec: [spec] })
    const invalid = (property: string) => ({ _typeName: 'InvalidArgument', invalidProperty: property })
    expect(refused({ entity: { ...vm, value: 'vm-404' } })).toMatchObject(invalid('querySpec.entity'))
    expect(refused({ entity: vm, metricId: [{ counterId: 99_999, instance: '' }] })).toMatchObject(
      invalid('querySpec.metricId'),
    )
    expect(refused({ entity: cluster, intervalId: 20 })).toMatchObject(invalid('querySpec.interval'))
    expect(refused({ entity: vm, intervalId: 7 })).toMatchObject(invalid('querySpec.interval'))
    expect(refused({ entity: vm, format: 'xml' })).toMatchObject(invalid('querySpec.format'))
  })

  it('composes a host of itself and its VMs', () => {
    const { vm, host, call, fault } = measured()
    const querySpec = { entity: host, intervalId: 300, metricId: [metric('cpu.usage', 'average')] }
    const found = call<PerfCompositeMetric>('QueryPerfComposite', { querySpec })
    expect(found.entity?.entity).toEqual(host)
    expect(found.childEntity?.map(({ entity }) => entity.value)).toEqual([vm.value])
    expect(fault('QueryPerfComposite', { querySpec: { ...querySpec, intervalId: 20 } })._typeName).toBe(
      'InvalidArgument',
    )
  })
})

describe('levels and intervals', () => {
  it('collects what a level is given to', () => {
    const { lab, vm, call, fault } = measured()
    const counterId = named('cpu.used', 'summation')
    const levelOf = () => call<PerfCounterInfo[]>('QueryPerfCounter', { counterId: [counterId] })[0]?.level
    const kept = () =>
      call<PerfMetricId[]>('QueryAvailablePerfMetric', { entity: vm, intervalId: 300 }).some(
        (id) => id.counterId === counterId,
      )
    expect([levelOf(), kept()]).toEqual([3, false])
    call('UpdateCounterLevelMapping', { counterLevelMap: [{ counterId, aggregateLevel: 1 }] })
    expect([levelOf(), kept()]).toEqual([1, true])
    expect(
      lab
        .get<PerfCounterInfo[]>('PerformanceManager', MANAGER, 'perfCounter')
        .find(({ key }) => key === counterId),
    ).toMatchObject({ level: 1, perDeviceLevel: 3 })
    call('ResetCounterLevelMapping', { counters: [counterId] })
    expect([levelOf(), kept()]).toEqual([3, false])
    expect(fault('UpdateCounterLevelMapping', { counterLevelMap: [{ counterId: 99_999 }] })._typeName).toBe(
      'InvalidArgument',
    )
    expect(fault('ResetCounterLevelMapping', { counters: [99_999] })._typeName).toBe('InvalidArgument')
    const first = call<PerfCounterInfo[]>('QueryPerfCounterByLevel', { level: 1 })
    expect(first.every(({ level }) => level === 1)).toBe(true)
    expect(call<unknown[]>('QueryPerfCounterByLevel', { level: 4 })).toHaveLength(560)
    expect(fault('QueryPerfCounterByLevel', { level: 5 })._typeName).toBe('InvalidArgument')
    expect(fault('QueryPerfCounter', { counterId: [99_999] })._typeName).toBe('InvalidArgument')
  })

  it('changes intervals, the finer before the coarser', () => {
    const { lab, vm, call, fault } = measured()
    const [day, week] = HISTORICAL_INTERVALS
    call('UpdatePerfInterval', { interval: { ...day, level: 3 } })
    expect(
      lab.get<PerfInterval[]>('PerformanceManager', MANAGER, 'historicalInterval').map(({ level }) => level),
    ).toEqual([3, 1, 1, 1])
    expect(
      call<PerfMetricId[]>('QueryAvailablePerfMetric', { entity: vm, intervalId: 300 }).some(
        ({ counterId }) => counterId === named('cpu.used', 'summation'),
      ),
    ).toBe(true)
    expect(fault('UpdatePerfInterval', { interval: { ...week, level: 4 } })._typeName).toBe('InvalidArgument')
    expect(fault('UpdatePerfInterval', { interval: { ...day, enabled: false } })._typeName).toBe(
      'InvalidArgument',
    )
    expect(fault('UpdatePerfInterval', { interval: { ...day, samplingPeriod: 60 } })._typeName).toBe(
      'InvalidArgument',
    )
    expect(fault('CreatePerfInterval', { intervalId: { ...day, samplingPeriod: 60 } })._typeName).toBe(
      'NotSupported',
    )
    expect(fault('RemovePerfInterval', { samplePeriod: 300 })._typeName).toBe('NotSupported')
  })
})
