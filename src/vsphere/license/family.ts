import type { Family } from '../core/behaviour.js'
import { licenseAssignmentOperations, licenseManagerOperations } from './operations.js'

export const licenseFamily: Family = {
  name: 'license',
  operations: [licenseManagerOperations, licenseAssignmentOperations],
}
