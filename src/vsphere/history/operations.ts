import type { Event, TaskInfo } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import { removeSessionObject } from '../session/objects.js'
import { countOf, createCollector, PAGE, readOn, reset, rewind } from './collector.js'
import type { CollectorValue } from './stored.js'

export const collectingEvents = operations('EventManager', {
  CreateCollectorForEvents(ctx, self, { filter }) {
    const { maxCount = PAGE } = filter
    const pageSize = countOf(maxCount, 'filter.maxCount')
    const { maxCollector } = ctx.tx.get('EventManager', self.value)
    return createCollector(ctx, 'EventHistoryCollector', { filter }, pageSize, maxCollector)
  },
})

export const collectingTasks = operations('TaskManager', {
  CreateCollectorForTasks(ctx, self, { filter }) {
    const { maxCollector } = ctx.tx.get('TaskManager', self.value)
    return createCollector(ctx, 'TaskHistoryCollector', { filter }, PAGE, maxCollector)
  },

  CreateCollectorWithInfoFilterForTasks(ctx, self, wanted) {
    const { maxCollector } = ctx.tx.get('TaskManager', self.value)
    return createCollector(ctx, 'TaskHistoryCollector', wanted, PAGE, maxCollector)
  },
})

export const collectorOperations = operations('HistoryCollector', {
  SetCollectorPageSize(ctx, self, { maxCount }) {
    const change: Partial<CollectorValue> = { pageSize: countOf(maxCount) }
    ctx.tx.set('HistoryCollector', self.value, change as never)
  },

  RewindCollector: rewind,

  ResetCollector: reset,

  DestroyCollector(ctx, self) {
    removeSessionObject(ctx.tx, self.value)
  },
})

export const eventCollectorOperations = operations('EventHistoryCollector', {
  ReadNextEvents: (ctx, self, { maxCount }) => readOn(ctx, self, maxCount, 'next') as readonly Event[],
  ReadPreviousEvents: (ctx, self, { maxCount }) =>
    readOn(ctx, self, maxCount, 'previous') as readonly Event[],
})

export const taskCollectorOperations = operations('TaskHistoryCollector', {
  ReadNextTasks: (ctx, self, { maxCount }) => readOn(ctx, self, maxCount, 'next') as readonly TaskInfo[],
  ReadPreviousTasks: (ctx, self, { maxCount }) =>
    readOn(ctx, self, maxCount, 'previous') as readonly TaskInfo[],
})
