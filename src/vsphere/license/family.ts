import type { Family } from '../core/behaviour.js'
import { licenseAssignmentOperations } from './operations.js'

export const licenseFamily: Family = { name: 'license', operations: [licenseAssignmentOperations] }
