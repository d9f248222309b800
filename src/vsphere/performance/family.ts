import type { Family } from '../core/behaviour.js'
import { perfCounter } from './levels.js'
import { performanceOperations } from './operations.js'

/** Statistics: what is counted, at which intervals, and the series. */
export const performanceFamily: Family = {
  name: 'performance',
  operations: [performanceOperations],
  derivations: [perfCounter],
}
