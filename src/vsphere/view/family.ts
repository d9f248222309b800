import type { Family } from '../core/behaviour.js'
import {
  inventoryViewOperations,
  listViewOperations,
  viewManagerOperations,
  viewOperations,
} from './operations.js'
import { viewProjections } from './project.js'

export const viewFamily: Family = {
  name: 'view',
  operations: [viewManagerOperations, viewOperations, listViewOperations, inventoryViewOperations],
  projections: viewProjections,
}
