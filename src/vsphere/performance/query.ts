import type { Reader } from '#inventory/reader.js'
import { dateTime, instant } from '#ports/clock.js'
import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  ManagedObjectReference,
  PerfEntityMetricBase,
  PerfInterval,
  PerfMetricId,
  PerfQuerySpec,
} from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { theOnly } from '../core/well-known.js'
import { COUNTERS, type Counter, countersByKey } from './counters.js'
import { measuredSince, type Provider, providerOf } from './entity.js'
import { instancesOf } from './instances.js'
import { REALTIME_KEPT_SECONDS, REALTIME_SECONDS } from './intervals.js'
import { knownOf } from './known.js'
import { counterInfo } from './levels.js'
import { capacity, cycleOf, type Load, rolledUp } from './load.js'
import { counterValue, type Moment } from './values.js'

/** One series: a counter, and an instance or '' for the total. */
interface Metric {
  readonly counter: Counter
  readonly instance: string
  /** How many instances share the total; 1 for the total itself. */
  readonly shares: number
}

const invalid = (invalidProperty: string) => fault('InvalidArgument', { invalidProperty })

/** Throws InvalidArgument for what no statistics are kept of. */
export function requireProvider(read: Reader, ref: ManagedObjectReference, property: string): Provider {
  const provider = providerOf(read, ref)
  if (!provider) throw invalid(property)
  return provider
}

export function intervalsOf(read: Reader): readonly PerfInterval[] {
  const manager = theOnly(read, 'PerformanceManager')
  return (manager && read.get('PerformanceManager', manager).historicalInterval) || []
}

/** How long samples are apart and how long they are kept; undefined where the entity has none such. */
function periodOf(read: Reader, provider: Provider, intervalId: number | undefined): Period | undefined {
  const wanted = intervalId ?? (provider.realtime ? REALTIME_SECONDS : intervalsOf(read)[0]?.samplingPeriod)
  if (wanted === REALTIME_SECONDS)
    return provider.realtime
      ? { seconds: REALTIME_SECONDS, kept: REALTIME_KEPT_SECONDS, level: undefined }
      : undefined
  const interval = intervalsOf(read).find(({ samplingPeriod }) => samplingPeriod === wanted)
  if (!interval?.enabled) return undefined
  return { seconds: interval.samplingPeriod, kept: Number(interval.length), level: interval.level ?? 1 }
}

interface Period {
  readonly seconds: number
  readonly kept: number
  /** What is rolled up: counters up to this level. Undefined: all. */
  readonly level: number | undefined
}

/** Every series that an entity has at such intervals. */
function metricsOf(read: Reader, provider: Provider, level: number | undefined): readonly Metric[] {
  const counters = COUNTERS.filter(({ offered }) => offered.has(provider.kind))
  return counters.flatMap((counter) => seriesOf(read, provider, counter, '*', level))
}

/** The series of a counter that an instance stands for: '' the total, '*' all. */
function seriesOf(
  read: Reader,
  provider: Provider,
  counter: Counter,
  wanted: string,
  level: number | undefined,
): readonly Metric[] {
  const offered = counter.offered.get(provider.kind)
  const info = counterInfo(read, counter.info.key)
  if (!offered || !info) return []
  const kept = (of: number | undefined) => level === undefined || (of ?? 4) <= level
  const found: Metric[] = []
  if (offered.total && kept(info.level) && (wanted === '' || wanted === '*'))
    found.push({ counter, instance: '', shares: 1 })
  if (offered.instances && kept(info.perDeviceLevel) && wanted !== '') {
    const instances = instancesOf(read, provider, counter)
    for (const instance of instances)
      if (wanted === '*' || wanted === instance) found.push({ counter, instance, shares: instances.length })
  }
  return found
}

const metricId = ({ counter, instance }: Metric): PerfMetricId =>
  data('PerfMetricId', { counterId: counter.info.key, instance })

/** QueryAvailablePerfMetric: what there is between two instants; without an interval of any kind. */
export function availableMetrics(
  ctx: Context,
  args: {
    entity: ManagedObjectReference
    beginTime?: string | undefined
    endTime?: string | undefined
    intervalId?: number | undefined
  },
): readonly PerfMetricId[] {
  const { tx } = ctx
  const provider = requireProvider(tx, args.entity, 'entity')
  const ids = args.intervalId === undefined ? [REALTIME_SECONDS, undefined] : [args.intervalId]
  const periods = ids.flatMap((id) => periodOf(tx, provider, id) ?? [])
  const [period] = periods
  // An interval that the entity does not have, or that nobody keeps, has no statistics.
  if (!period) return []
  const { first, last } = samplesIn(ctx, provider, period, args.beginTime, args.endTime)
  return first > last ? [] : metricsOf(tx, provider, period.level).map(metricId)
}

/** Numbers of the first and last sample between two instants, in intervals since the epoch; none: first > last. */
function samplesIn(
  { tx, now }: Context,
  provider: Provider,
  { seconds, kept }: Period,
  begin: string | undefined,
  end: string | undefined,
): { readonly first: number; readonly last: number } {
  const since = measuredSince(tx, provider)
  if (since === undefined) return { first: 1, last: 0 }
  const ms = seconds * 1000
  // A sample belongs to the instant at which its interval ends: after the beginning, and not after the end.
  const from = Math.max(begin === undefined ? 0 : instant(begin), since, now - kept * 1000)
  const to = Math.min(end === undefined ? now : instant(end), now)
  return { first: Math.floor(from / ms) + 1, last: Math.floor(to / ms) }
}

/**
 * What one PerfQuerySpec asks for; undefined when the entity has no sample of that time. Throws InvalidArgument for an
 * unknown entity, counter or format, and an interval that is not kept.
 */
export function entityMetric(ctx: Context, spec: PerfQuerySpec): PerfEntityMetricBase | undefined {
  const { tx } = ctx
  const provider = requireProvider(tx, spec.entity, 'querySpec.entity')
  const period = periodOf(tx, provider, spec.intervalId)
  if (!period) throw invalid('querySpec.interval')
  if (spec.maxSample !== undefined && spec.maxSample < 1) throw invalid('querySpec.maxSample')
  const csv = spec.format === 'csv'
  if (spec.format !== undefined && spec.format !== 'normal' && !csv) throw invalid('querySpec.format')
  const metrics = wantedMetrics(tx, provider, spec.metricId, period.level)
  const { first, last } = samplesIn(ctx, provider, period, spec.startTime, spec.endTime)
  // Only samples as they come in are counted; of history there is what the time says.
  const count =
    period.level === undefined ? Math.min(spec.maxSample ?? Infinity, last - first + 1) : last - first + 1
  if (count < 1) return undefined
  const times = Array.from({ length: count }, (_, at) => (last - count + 1 + at) * period.seconds)
  const series = valuesOf(ctx, provider, period, metrics, times)
  const stamps = times.map((time) => dateTime(time * 1000))
  if (csv)
    return data('PerfEntityMetricCSV', {
      entity: provider.ref,
      sampleInfoCSV: stamps.map((stamp) => `${period.seconds},${stamp}`).join(','),
      value: metrics.map((metric, at) =>
        data('PerfMetricSeriesCSV', { id: metricId(metric), value: series[at]?.join(',') }),
      ),
    })
  return data('PerfEntityMetric', {
    entity: provider.ref,
    sampleInfo: stamps.map((timestamp) => data('PerfSampleInfo', { timestamp, interval: period.seconds })),
    value: metrics.map((metric, at) =>
      data('PerfMetricIntSeries', { id: metricId(metric), value: series[at] ?? [] }),
    ),
  })
}

/** Without a list: all that there is. Counters that exist, but not for this entity or at this level, are passed over. */
function wantedMetrics(
  read: Reader,
  provider: Provider,
  wanted: readonly PerfMetricId[] | undefined,
  level: number | undefined,
): readonly Metric[] {
  if (!wanted || wanted.length === 0) return metricsOf(read, provider, level)
  const found = new Map<string, Metric>()
  for (const { counterId, instance } of wanted) {
    const counter = countersByKey.get(counterId)
    if (!counter) throw invalid('querySpec.metricId')
    for (const metric of seriesOf(read, provider, counter, instance, level))
      found.set(`${counterId}/${metric.instance}`, metric)
  }
  return [...found.values()]
}

/** The values of each metric at each time (seconds since the epoch at which an interval ends). */
function valuesOf(
  { tx, now }: Context,
  provider: Provider,
  { seconds }: Period,
  metrics: readonly Metric[],
  times: readonly number[],
): readonly (readonly number[])[] {
  const cycle = cycleOf(tx, provider, now)
  const fixed = {
    capacity: capacity(tx, provider),
    known: knownOf(tx, provider),
    host: provider.kind === 'H' || provider.kind === 'C',
    seconds,
  }
  const since = (measuredSince(tx, provider) ?? 0) / 1000
  const slots = seconds / REALTIME_SECONDS
  const moments = (rollup: 'average' | 'minimum' | 'maximum'): readonly Moment[] =>
    times.map((time) => ({
      ...fixed,
      load: rolledUp(cycle, time / REALTIME_SECONDS, slots, rollup) satisfies Load,
      uptime: Math.max(0, Math.floor(time - since)),
    }))
  const known = new Map<string, readonly Moment[]>()
  return metrics.map(({ counter, shares }) => {
    const { rollupType } = counter.info
    const rollup = rollupType === 'minimum' || rollupType === 'maximum' ? rollupType : 'average'
    let at = known.get(rollup)
    if (!at) {
      at = moments(rollup)
      known.set(rollup, at)
    }
    return at.map((moment) => counterValue(counter, moment, shares))
  })
}
