import type { VcenterDatastoreType } from '#vapi/generated/types.js'

const TYPES: Readonly<Record<string, VcenterDatastoreType>> = {
  VMFS: 'VMFS',
  NFS: 'NFS',
  NFS41: 'NFS41',
  CIFS: 'CIFS',
  vsan: 'VSAN',
  VFFS: 'VFFS',
  VVOL: 'VVOL',
}

/**
 * DatastoreSummary.type as the Automation API spells it. A directory of a host's file system (`OTHER`, as in vcsim's
 * inventories) has no word there and is shown as VMFS (deviation 60).
 */
export const datastoreType = (type: string): VcenterDatastoreType => TYPES[type] ?? 'VMFS'
