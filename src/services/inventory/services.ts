import type { ServiceTable } from '../core/service.js'
import { cluster } from './cluster.js'
import { datacenter } from './datacenter.js'
import { datastore, defaultPolicy } from './datastore.js'
import { externalPool } from './entropy.js'
import { inventoryDatastore, inventoryNetwork } from './find.js'
import { folder } from './folder.js'
import { host } from './host.js'
import { network } from './network.js'
import { resourcePool } from './resource-pool.js'

/** The services of the inventory beside its VMs. */
export const inventoryServices: readonly ServiceTable[] = [
  cluster,
  datacenter,
  datastore,
  defaultPolicy,
  folder,
  host,
  externalPool,
  inventoryDatastore,
  inventoryNetwork,
  network,
  resourcePool,
]
