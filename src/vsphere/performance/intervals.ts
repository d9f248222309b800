import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { PerfInterval } from '#vim25/generated/types.js'

/** Statistics of the last hour are kept as hosts send them: one sample each 20 seconds. */
export const REALTIME_SECONDS = 20
export const REALTIME_KEPT_SECONDS = 3600

const DAY = 86_400

/** PerformanceManager.historicalInterval as installed: key, name, seconds per sample, seconds kept. */
export const HISTORICAL_INTERVALS: readonly PerfInterval[] = Object.freeze(
  (
    [
      [1, 'Past Day', 300, DAY],
      [2, 'Past Week', 1800, 7 * DAY],
      [3, 'Past Month', 7200, 30 * DAY],
      [4, 'Past Year', DAY, 365 * DAY],
    ] as const
  ).map(([key, name, samplingPeriod, length]) =>
    data('PerfInterval', { key, samplingPeriod, name, length, level: 1, enabled: true }),
  ),
)

const invalid = (member: string) => fault('InvalidArgument', { invalidProperty: `interval.${member}` })

/**
 * The intervals with one of them changed. Each is made of the samples of the one before: it cannot keep what that does
 * not, so none is on after one that is off, and none has a higher level. Throws InvalidArgument.
 */
export function withInterval(
  intervals: readonly PerfInterval[],
  changed: PerfInterval,
): readonly PerfInterval[] {
  const at = intervals.findIndex(({ samplingPeriod }) => samplingPeriod === changed.samplingPeriod)
  const before = intervals[at]
  if (!before) throw invalid('samplingPeriod')
  const level = changed.level ?? before.level ?? 1
  if (level < 1 || level > 4) throw invalid('level')
  if (changed.length < changed.samplingPeriod || changed.length % changed.samplingPeriod !== 0)
    throw invalid('length')
  const result = intervals.with(
    at,
    data('PerfInterval', {
      key: before.key,
      samplingPeriod: before.samplingPeriod,
      name: changed.name,
      length: changed.length,
      level,
      enabled: changed.enabled,
    }),
  )
  for (const [index, interval] of result.entries()) {
    const finer = result[index - 1]
    if (!finer) continue
    if (interval.enabled && !finer.enabled) throw invalid('enabled')
    if ((interval.level ?? 1) > (finer.level ?? 1)) throw invalid('level')
  }
  return Object.freeze(result)
}
