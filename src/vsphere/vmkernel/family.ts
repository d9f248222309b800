import type { Family } from '../core/behaviour.js'
import { hostsByVmkAddress } from './build.js'

/** Host networking: standard switches, port groups, vmkernel adapters and the services that they carry. */
export const vmkernelFamily: Family = { name: 'vmkernel', indexes: [hostsByVmkAddress] }
