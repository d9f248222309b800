import { type Family, projection } from '../core/behaviour.js'
import { eventDescription } from './description.js'
import { eventOperations } from './operations.js'

export const eventFamily: Family = {
  name: 'event',
  operations: [eventOperations],
  projections: [projection('EventManager', 'description', eventDescription)],
}
