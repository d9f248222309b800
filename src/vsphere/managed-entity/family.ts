import type { Family } from '../core/behaviour.js'
import { byName, byParent, byParentAndName, childEntity } from './entity.js'
import { managedEntityOperations } from './operations.js'

/** What all entities of the inventory tree have in common. */
export const managedEntityFamily: Family = {
  name: 'managed-entity',
  operations: [managedEntityOperations],
  derivations: [childEntity],
  indexes: [byParent, byParentAndName, byName],
}
