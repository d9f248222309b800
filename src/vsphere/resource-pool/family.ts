import type { Family } from '../core/behaviour.js'
import { poolDerivations } from './derive.js'
import { poolLoads } from './loads.js'
import { resourcePoolOperations } from './operations.js'
import { poolProjections } from './project.js'
import { poolsByOwner, poolsByParent, vmsByPool } from './usage.js'

/** Resource pools: reservations, what is left of them, their tree. */
export const resourcePoolFamily: Family = {
  name: 'resource-pool',
  operations: [resourcePoolOperations],
  derivations: poolDerivations,
  projections: poolProjections,
  indexes: [poolsByOwner, poolsByParent, vmsByPool, poolLoads],
}
