import type { Kind, ValueOf } from '#inventory/entity.js'
import { type LocalizableMessage, message, VapiError, vapiError } from '#vapi/error.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { hasPrivilege } from '#vsphere/authorization/check.js'
import { entityOf } from '#vsphere/authorization/owner.js'
import type { ServiceCall } from './call.js'

interface Wording {
  /** The resource's name in message ids (`com.vmware.api.vcenter.<resource>.not_found`). */
  readonly resource: string
  readonly noun: string
  /** The identifier is shown without the instance UUID (recorded for datacenters, rest-wire 1.6). */
  readonly bare?: boolean
}

/** How messages speak of managed objects; the VM's and the datacenter's are recorded (rest-wire 1.6), the others alike. */
const WORDINGS: Readonly<Record<string, Wording>> = {
  VirtualMachine: { resource: 'vm', noun: 'Virtual machine' },
  Datacenter: { resource: 'datacenter', noun: 'Datacenter', bare: true },
  ClusterComputeResource: { resource: 'cluster', noun: 'Cluster' },
  ComputeResource: { resource: 'compute_resource', noun: 'Compute resource' },
  HostSystem: { resource: 'host', noun: 'Host' },
  Datastore: { resource: 'datastore', noun: 'Datastore' },
  Folder: { resource: 'folder', noun: 'Folder' },
  Network: { resource: 'network', noun: 'Network' },
  ResourcePool: { resource: 'resource_pool', noun: 'Resource pool' },
}

export function notFoundMessage(type: string, id: string, instanceUuid: string): LocalizableMessage {
  const { resource, noun, bare } = WORDINGS[type] ?? { resource: type.toLowerCase(), noun: type }
  return message(
    `com.vmware.api.vcenter.${resource}.not_found`,
    `${noun} with identifier '{0}' does not exist.`,
    [bare ? id : `${id}:${instanceUuid}`],
  )
}

/**
 * The managed object of this type that an operation names. Throws NOT_FOUND, and UNAUTHORIZED for one that the caller may
 * not read.
 */
export function requireObject<T extends Kind & string>(
  call: ServiceCall,
  type: T,
  id: string,
): Readonly<ValueOf<T>> {
  const entity = call.read.entity(id)
  const { instanceUuid } = call.sandbox.services.identity
  if (!entity?.ref || !(entity.type === type || isA(entity.type, type)))
    throw new VapiError('NOT_FOUND', [notFoundMessage(type, id, instanceUuid)])
  if (!mayRead(call, entity.ref))
    throw vapiError(
      'UNAUTHORIZED',
      'vapi.authz.error.no.privs',
      'The following ({0}) privileges are insufficient to user',
      [`object: ${id}:${instanceUuid} privileges: System.Read`],
    )
  return entity.value as Readonly<ValueOf<T>>
}

/** Whether lists show the object to the caller. */
export function mayRead(call: ServiceCall, ref: ManagedObjectReference): boolean {
  return hasPrivilege(call.read, call.session, entityOf(call.read, ref), 'System.Read')
}

/** The identifiers of all objects of a type that the caller may read, in order of creation. */
export function visible(call: ServiceCall, type: Kind & string): readonly string[] {
  const ids = [...call.read.ids(type)]
  return ids.filter((id) => mayRead(call, call.read.ref(id)))
}
