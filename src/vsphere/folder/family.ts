import type { Family } from '../core/behaviour.js'
import { computeResourceOperations, folderOperations } from './operations.js'

/** Folders of the inventory; what is created in them comes from its own family. */
export const folderFamily: Family = {
  name: 'folder',
  operations: [folderOperations, computeResourceOperations],
}
