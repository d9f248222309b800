import { VapiError, vapiError } from '#vapi/error.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { hostsOf } from '#vsphere/cluster/config.js'
import { refTo, type ServiceCall } from '../core/call.js'
import { requireObject } from '../core/objects.js'

/** What the placement structures of create, register, clone and relocate have in common. */
export interface PlacementSpec {
  readonly folder?: string | undefined
  readonly resource_pool?: string | undefined
  readonly host?: string | undefined
  readonly cluster?: string | undefined
  readonly datastore?: string | undefined
}

export interface Placement {
  readonly folder: ManagedObjectReference | undefined
  /** The pool that is asked for, else the root pool of the cluster or host that is; undefined: none of the three. */
  readonly pool: ManagedObjectReference | undefined
  readonly host: ManagedObjectReference | undefined
  readonly datastore: ManagedObjectReference | undefined
}

/** A combination that cannot be: recorded without a message (rest-wire 1.6). */
export const badPlacement = (): VapiError => new VapiError('INVALID_ARGUMENT', [])

/**
 * Where a placement leads: pool, host and cluster have to belong together. Throws NOT_FOUND for what is not there,
 * INVALID_ARGUMENT for what contradicts itself.
 */
export function placementOf(call: ServiceCall, spec: PlacementSpec = {}): Placement {
  const { folder, resource_pool, host, cluster, datastore } = spec
  if (folder !== undefined) requireVmFolder(call, folder)
  if (datastore !== undefined) requireObject(call, 'Datastore', datastore)
  const owner =
    resource_pool === undefined ? undefined : requireObject(call, 'ResourcePool', resource_pool).owner.value
  const parent = host === undefined ? undefined : requireObject(call, 'HostSystem', host).parent?.value
  if (cluster !== undefined) requireObject(call, 'ClusterComputeResource', cluster)
  const computes = new Set([owner, parent, cluster].filter((id) => id !== undefined))
  if (computes.size > 1) throw badPlacement()
  const [compute] = computes
  return {
    folder: folder === undefined ? undefined : refTo('Folder', folder),
    pool: resource_pool === undefined ? rootPool(call, compute) : call.read.ref(resource_pool),
    host: host === undefined ? undefined : refTo('HostSystem', host),
    datastore: datastore === undefined ? undefined : refTo('Datastore', datastore),
  }
}

function requireVmFolder(call: ServiceCall, folder: string): void {
  if (requireObject(call, 'Folder', folder).childType?.includes('VirtualMachine')) return
  throw vapiError(
    'INVALID_ARGUMENT',
    'com.vmware.api.vcenter.vm.placement.not_a_vm_folder',
    "Folder with identifier '{0}' is not for virtual machines.",
    [folder],
  )
}

function rootPool({ read }: ServiceCall, compute: string | undefined): ManagedObjectReference | undefined {
  return compute === undefined ? undefined : read.find('ComputeResource', compute)?.resourcePool
}

/** A host on which a VM in this pool may run: the one that is asked for, else the pool's first. */
export function someHost({ read }: ServiceCall, { pool, host }: Placement): string | undefined {
  const owner = pool && read.find('ResourcePool', pool.value)?.owner.value
  return host?.value ?? (owner === undefined ? undefined : hostsOf(read, owner)[0])
}
