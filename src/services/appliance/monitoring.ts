import { instant } from '#ports/clock.js'
import type { Random } from '#ports/random.js'
import type {
  ApplianceMonitoringFunctionType,
  ApplianceMonitoringIntervalType,
  ApplianceMonitoringMonitoredItemData,
  ApplianceMonitoringMonitoredItemDataRequest,
} from '#vapi/generated/types.js'
import type { ServiceCall } from '../core/call.js'
import { service } from '../core/service.js'
import { invalid } from './errors.js'
import { METRICS, type Metric } from './metrics.js'
import { began } from './record.js'

const MINUTE_MS = 60_000

const INTERVALS: Readonly<Record<ApplianceMonitoringIntervalType, number>> = {
  MINUTES5: 5 * MINUTE_MS,
  MINUTES30: 30 * MINUTE_MS,
  HOURS2: 120 * MINUTE_MS,
  HOURS6: 360 * MINUTE_MS,
  DAY1: 1440 * MINUTE_MS,
}

/** What is measured is measured every five minutes. */
const SAMPLE_MS = INTERVALS.MINUTES5

/** A week of five minutes, the most that the API has in mind for them. */
const MOST_VALUES = 2016

const byId = new Map(METRICS.map((metric) => [metric.item.id, metric]))

export const monitoring = service('com.vmware.appliance.monitoring', {
  list: () => METRICS.map(({ item }) => item),
  get: (_call, { stat_id }) => requireMetric('stat_id', stat_id).item,
  /** One value per interval, both ends included; empty where nothing was measured: before the world, and after now. */
  query: (call, { item }) => item.names.map((name, at) => series(call, item, name, at)),
})

/** Throws INVALID_ARGUMENT: the operations declare no NOT_FOUND. */
function requireMetric(path: string, id: string): Metric {
  const metric = byId.get(id)
  if (!metric) throw invalid(path, `There is no item '${id}'.`)
  return metric
}

function series(
  call: ServiceCall,
  request: ApplianceMonitoringMonitoredItemDataRequest,
  name: string,
  at: number,
): ApplianceMonitoringMonitoredItemData {
  const { interval, function: how, start_time, end_time } = request
  const metric = requireMetric(`names[${at}]`, name)
  const step = INTERVALS[interval]
  const count = Math.floor((instant(end_time) - instant(start_time)) / step) + 1
  if (!(count >= 1)) throw invalid('end_time', 'The end is before the start.')
  if (count > MOST_VALUES) throw invalid('interval', `${count} values are more than ${MOST_VALUES}.`)
  const first = began(call.read)
  const data = Array.from({ length: count }, (_, index) => {
    const from = Math.max(first, instant(start_time) + index * step)
    const to = Math.min(call.now, instant(start_time) + (index + 1) * step - 1)
    return to < from ? '' : String(summary(call.sandbox.services.random, metric, how, from, to))
  })
  return { name, interval, function: how, start_time, end_time, data }
}

/** The measured values of an interval, as one. */
function summary(
  random: Random,
  metric: Metric,
  how: ApplianceMonitoringFunctionType,
  from: number,
  to: number,
): number {
  const first = Math.floor(from / SAMPLE_MS)
  const length = Math.floor(to / SAMPLE_MS) - first + 1
  if (metric.low === metric.high) return rounded(how === 'COUNT' ? metric.low * length : metric.low)
  const values = Array.from({ length }, (_, index) => sample(random, metric, first + index))
  const sum = values.reduce((total, value) => total + value, 0)
  const result = { COUNT: sum, AVG: sum / length, MAX: Math.max(...values), MIN: Math.min(...values) }[how]
  return rounded(result)
}

const FINENESS = 10_000

/** A function of the world's seed, the item and the sample's number: asked again, it is the same. */
function sample(random: Random, { item, low, high }: Metric, number: number): number {
  return low + ((high - low) * random.integer(FINENESS, 'appliance', item.id, number)) / FINENESS
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000
