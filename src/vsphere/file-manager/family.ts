import type { Family } from '../core/behaviour.js'
import { namespaceOperations } from './namespace-operations.js'
import { fileManagerOperations } from './operations.js'

/** Files on datastores as clients move them about, and the directories that only some datastores have. */
export const fileManagerFamily: Family = {
  name: 'file-manager',
  operations: [fileManagerOperations, namespaceOperations],
}
