import type { Family } from '../core/behaviour.js'
import { ipPoolOperations } from './operations.js'
import { poolsOfDatacenter, poolsOfNetwork } from './pools.js'

/** Pools of IP addresses that vApps and extensions take theirs from. */
export const ipPoolFamily: Family = {
  name: 'ip-pool',
  operations: [ipPoolOperations],
  indexes: [poolsOfDatacenter, poolsOfNetwork],
}
