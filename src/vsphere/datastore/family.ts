import type { Family } from '../core/behaviour.js'
import { datastoreDerivations } from './derive.js'
import { directoriesByBlob, directoriesByParent } from './files.js'
import { hostDatastoreOperations } from './host-operations.js'
import { maintenanceOperations, maintenanceTasks } from './maintenance.js'
import { datastoreOperations } from './operations.js'
import { datastoresByVolume, mountsByDatastore, mountsByHost } from './volumes.js'

/** Datastores, their mounts on hosts, and the files on them. */
export const datastoreFamily: Family = {
  name: 'datastore',
  operations: [hostDatastoreOperations, datastoreOperations, maintenanceOperations],
  tasks: maintenanceTasks,
  indexes: [mountsByDatastore, mountsByHost, datastoresByVolume, directoriesByParent, directoriesByBlob],
  derivations: datastoreDerivations,
}
