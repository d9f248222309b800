import { type Family, projection } from '../core/behaviour.js'
import {
  collectingEvents,
  collectingTasks,
  collectorOperations,
  eventCollectorOperations,
  taskCollectorOperations,
} from './operations.js'
import { followPage, pageOf } from './page.js'

/** History collectors: a session's own windows on the events and tasks of the world. */
export const historyFamily: Family = {
  name: 'history',
  operations: [
    collectingEvents,
    collectingTasks,
    collectorOperations,
    eventCollectorOperations,
    taskCollectorOperations,
  ],
  projections: (['EventHistoryCollector', 'TaskHistoryCollector'] as const).map((type) =>
    projection(type, 'latestPage', (ctx, _value, entity) => pageOf(ctx, ctx.read, entity), {
      watched: 'world',
      inputs: ['pageSize'],
      follow: followPage,
    }),
  ),
}
