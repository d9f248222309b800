import type { Family } from '../core/behaviour.js'
import { attachCollectors } from './collectors.js'
import { propertyCollectorOperations, propertyFilterOperations } from './operations.js'
import { propertyCollectorProjections } from './project.js'

export const propertyCollectorFamily: Family = {
  name: 'property-collector',
  operations: [propertyCollectorOperations, propertyFilterOperations],
  projections: propertyCollectorProjections,
  attach: attachCollectors,
}
