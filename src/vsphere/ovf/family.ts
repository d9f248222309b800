import type { Family } from '../core/behaviour.js'
import { ovfManagerOperations } from './operations.js'

/** OVF packages: read, planned, described. Their bytes go through leases (nfc). */
export const ovfFamily: Family = { name: 'ovf', operations: [ovfManagerOperations] }
