import type { Family } from '../core/behaviour.js'
import { extensionManagerOperations } from './operations.js'

/** What products that work with a vCenter register with it. */
export const extensionFamily: Family = { name: 'extension', operations: [extensionManagerOperations] }
