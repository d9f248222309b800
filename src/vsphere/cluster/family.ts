import type { Family } from '../core/behaviour.js'
import { hostLoads } from '../resource-pool/loads.js'
import { clusterDerivations } from './derive.js'
import { hostsByParent, runningByHost } from './indexes.js'
import { clusterOperations, computeResourceOperations, folderOperations } from './operations.js'

/** Compute resources: clusters, and the ones around standalone hosts. */
export const clusterFamily: Family = {
  name: 'cluster',
  operations: [folderOperations, computeResourceOperations, clusterOperations],
  derivations: clusterDerivations,
  indexes: [hostsByParent, runningByHost, hostLoads],
}
