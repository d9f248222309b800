import type { Family } from '../core/behaviour.js'
import { virtualDiskOperations } from './operations.js'

/** Disks on datastores, apart from the VMs that they may belong to. */
export const virtualDiskFamily: Family = {
  name: 'virtual-disk',
  operations: [virtualDiskOperations],
}
