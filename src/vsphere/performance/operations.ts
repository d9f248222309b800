import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference, PerfEntityMetricBase } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { COUNTERS } from './counters.js'
import { membersOf, type Provider } from './entity.js'
import { REALTIME_SECONDS, withInterval } from './intervals.js'
import { changeLevels, counterInfo, resetLevels } from './levels.js'
import { availableMetrics, entityMetric, intervalsOf, requireProvider } from './query.js'

const invalid = (invalidProperty: string) => fault('InvalidArgument', { invalidProperty })

export const performanceOperations = operations('PerformanceManager', {
  QueryPerfProviderSummary({ tx }, _self, { entity }) {
    const { realtime, ref } = requireProvider(tx, entity, 'entity')
    return data('PerfProviderSummary', {
      entity: ref,
      currentSupported: realtime,
      summarySupported: true,
      // -1, not unset: clients compare it.
      refreshRate: realtime ? REALTIME_SECONDS : -1,
    })
  },

  QueryAvailablePerfMetric: (ctx, _self, args) => availableMetrics(ctx, args),

  QueryPerfCounter({ tx }, _self, { counterId }) {
    return counterId.map((key) => {
      const info = counterInfo(tx, key)
      if (!info) throw invalid('counterId')
      return info
    })
  },

  /** All counters that are collected at a level: those of the levels below too. */
  QueryPerfCounterByLevel({ tx }, _self, { level }) {
    if (level < 1 || level > 4) throw invalid('level')
    return COUNTERS.flatMap(({ info }) => counterInfo(tx, info.key) ?? []).filter(
      (info) => (info.level ?? 4) <= level,
    )
  },

  QueryPerf: (ctx, _self, { querySpec }) => querySpec.flatMap((spec) => entityMetric(ctx, spec) ?? []),

  /** The entity and what is directly below it; statistics of now are not composed. */
  QueryPerfComposite(ctx, _self, { querySpec }) {
    const provider = requireProvider(ctx.tx, querySpec.entity, 'querySpec.entity')
    const period = querySpec.intervalId ?? intervalsOf(ctx.tx)[0]?.samplingPeriod
    if (period === REALTIME_SECONDS) throw invalid('querySpec.interval')
    const of = (entity: ManagedObjectReference): PerfEntityMetricBase | undefined =>
      entityMetric(ctx, { ...querySpec, entity, intervalId: period })
    return data('PerfCompositeMetric', {
      entity: of(provider.ref),
      childEntity: childrenOf(ctx, provider).flatMap((child) => of(child) ?? []),
    })
  },

  // There are four intervals, which can be changed (the reference: they cannot be created or removed).
  CreatePerfInterval() {
    throw fault('NotSupported', {})
  },

  RemovePerfInterval() {
    throw fault('NotSupported', {})
  },

  UpdatePerfInterval(ctx, self, { interval }) {
    const historicalInterval = withInterval(intervalsOf(ctx.tx), interval)
    ctx.tx.set('PerformanceManager', self.value, { historicalInterval })
  },

  UpdateCounterLevelMapping: (ctx, _self, { counterLevelMap }) => changeLevels(ctx, counterLevelMap),

  ResetCounterLevelMapping: (ctx, _self, { counters }) => resetLevels(ctx, counters),
})

function childrenOf({ tx }: Context, provider: Provider): readonly ManagedObjectReference[] {
  const { hosts, vms } = membersOf(tx, provider)
  switch (provider.kind) {
    case 'V':
      return []
    case 'C':
      return hosts.map((id) => tx.ref(id))
    default:
      return vms.map((id) => tx.ref(id))
  }
}
