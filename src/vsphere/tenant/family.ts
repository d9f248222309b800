import type { Family } from '../core/behaviour.js'
import { tenantOperations } from './operations.js'

/** Which objects are the service provider's own, out of the tenants' reach. */
export const tenantFamily: Family = { name: 'tenant', operations: [tenantOperations] }
