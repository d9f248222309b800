import type { Family } from '../core/behaviour.js'
import { datastoreBrowserOperations } from './operations.js'

/** Looking for files on datastores. The browsers themselves are made with what they belong to (datastore/browser.ts). */
export const datastoreBrowserFamily: Family = {
  name: 'datastore-browser',
  operations: [datastoreBrowserOperations],
}
