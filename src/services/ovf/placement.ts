import { message, VapiError } from '#vapi/error.js'
import type { VcenterOvfLibraryItemDeploymentTarget } from '#vapi/generated/types.js'
import { hostsOf } from '#vsphere/cluster/config.js'
import { isAccessibleOn } from '#vsphere/datastore/volumes.js'
import type { ServiceCall } from '../core/call.js'
import { requireObject } from '../core/objects.js'

/** Throws NOT_FOUND and UNAUTHORIZED for a pool, host or folder that is not there for the caller. */
export function checkTarget(call: ServiceCall, target: VcenterOvfLibraryItemDeploymentTarget): void {
  requireObject(call, 'ResourcePool', target.resource_pool_id)
  if (target.host_id !== undefined) requireObject(call, 'HostSystem', target.host_id)
  if (target.folder_id !== undefined) requireObject(call, 'Folder', target.folder_id)
}

/**
 * The datastore with the most room that the hosts of the target reach. Throws RESOURCE_INACCESSIBLE when there is none.
 */
export function roomiestDatastore(
  call: ServiceCall,
  { resource_pool_id, host_id }: VcenterOvfLibraryItemDeploymentTarget,
): string {
  const { read } = call
  const hosts =
    host_id === undefined ? hostsOf(read, read.get('ResourcePool', resource_pool_id).owner.value) : [host_id]
  const reached = [...read.ids('Datastore')].filter((id) =>
    hosts.some((host) => isAccessibleOn(read, id, host)),
  )
  const room = (id: string) => Number(read.get('Datastore', id).summary.freeSpace)
  const [best] = reached.sort((a, b) => room(b) - room(a))
  if (best !== undefined) return best
  throw new VapiError('RESOURCE_INACCESSIBLE', [
    message(
      'com.vmware.ovfs.ovfs-main.ovfs.no_datastore',
      'No host of the resource pool {0} can reach a datastore.',
      [resource_pool_id],
    ),
  ])
}
