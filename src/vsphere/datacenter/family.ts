import type { Family } from '../core/behaviour.js'
import { datacenterDerivations } from './derive.js'
import { datacenterOperations } from './operations.js'

export const datacenterFamily: Family = {
  name: 'datacenter',
  operations: [datacenterOperations],
  derivations: datacenterDerivations,
}
