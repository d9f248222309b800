import type { Family } from '../core/behaviour.js'
import { networkDerivations } from './derive.js'
import { hostsByNetwork } from './networks.js'
import { networkOperations } from './operations.js'

/** What VMs connect to: the port groups of hosts as their datacenter sees them, and distributed switches. */
export const networkFamily: Family = {
  name: 'network',
  operations: [networkOperations],
  indexes: [hostsByNetwork],
  derivations: networkDerivations,
}
