import type { Family } from '../core/behaviour.js'
import { customFields } from './derive.js'
import { customFieldsManagerOperations, extensibleObjectOperations } from './operations.js'

/** Custom attributes: fields that users add to the objects of the inventory. */
export const customFieldsFamily: Family = {
  name: 'custom-fields',
  operations: [customFieldsManagerOperations, extensibleObjectOperations],
  derivations: [customFields],
}
