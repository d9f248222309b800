import type { Family } from '../core/behaviour.js'
import { authorizationOperations } from './operations.js'
import { datastoreBrowserOwner, environmentBrowserOwner } from './owner.js'
import { entitiesWithPermissions } from './permissions.js'
import { authorizationProjections } from './project.js'

export const authorizationFamily: Family = {
  name: 'authorization',
  operations: [authorizationOperations],
  indexes: [entitiesWithPermissions, environmentBrowserOwner, datastoreBrowserOwner],
  projections: authorizationProjections,
}
