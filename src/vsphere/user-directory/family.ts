import type { Family } from '../core/behaviour.js'
import { userDirectoryOperations } from './operations.js'

/** Who there is: the users and groups that permissions can be given to. */
export const userDirectoryFamily: Family = { name: 'user-directory', operations: [userDirectoryOperations] }
