import type { ServiceCall } from '../core/call.js'
import { requireObject } from '../core/objects.js'
import { service } from '../core/service.js'

/** The type of each object by its identifier. Throws NOT_FOUND when one of them is not there. */
function typesOf(call: ServiceCall, type: 'Datastore' | 'Network', ids: readonly string[]) {
  for (const id of ids) requireObject(call, type, id)
  return Object.fromEntries(ids.map((id) => [id, { type: call.read.ref(id).type }]))
}

export const inventoryDatastore = service('com.vmware.vcenter.inventory.datastore', {
  find: (call, { datastores }) => typesOf(call, 'Datastore', datastores),
})

export const inventoryNetwork = service('com.vmware.vcenter.inventory.network', {
  find: (call, { networks }) => typesOf(call, 'Network', networks),
})
