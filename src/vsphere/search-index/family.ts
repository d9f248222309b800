import type { Family } from '../core/behaviour.js'
import { hostKeys, virtualMachineKeys } from './keys.js'
import { searchIndexOperations } from './operations.js'

export const searchIndexFamily: Family = {
  name: 'search-index',
  operations: [searchIndexOperations],
  indexes: [virtualMachineKeys, hostKeys],
}
