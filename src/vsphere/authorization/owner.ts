import { isMoRef, moRef } from '#inventory/entity.js'
import { index } from '#inventory/indexes.js'
import type { Reader } from '#inventory/reader.js'
import type { ManagedObjectReference, ManagedTypes } from '#vim25/generated/types.js'
import { isA, managedType } from '#vim25/schema.js'
import { hostOfNumber, rootFolderOf } from '../core/well-known.js'

export const environmentBrowserOwner = index<ManagedTypes['ComputeResource']>({
  name: 'environmentBrowserOwner',
  type: 'ComputeResource',
  inputs: ['environmentBrowser'],
  keys: ({ environmentBrowser }) => [environmentBrowser?.value],
})

export const datastoreBrowserOwner = index<ManagedTypes['Datastore']>({
  name: 'datastoreBrowserOwner',
  type: 'Datastore',
  inputs: ['browser'],
  keys: ({ browser }) => [browser?.value],
})

/**
 * The entity whose permissions decide about an object: itself, the host of a host's sub-manager, the entity of a task,
 * the VM of a snapshot ...; for what belongs to the whole vCenter, the root folder.
 */
export function entityOf(read: Reader, target: ManagedObjectReference): string {
  const entity = read.entity(target.value)
  if (!entity) return rootFolderOf(read)
  if (isA(entity.type, 'ManagedEntity')) return entity.id
  const owner = OWNERS[entity.type]?.(read, entity.id, entity.value) ?? hostOf(read, entity.type, entity.id)
  return owner !== undefined && read.find('ManagedEntity', owner) ? owner : rootFolderOf(read)
}

/**
 * What NotAuthenticated names: an entity itself, as the caller calls it, and for everything else the root folder (soap-wire
 * 3.5). Who is nobody does not learn whether there is such an object.
 */
export function unknownObject(read: Reader, type: string, id: string): ManagedObjectReference {
  return isA(type, 'ManagedEntity') ? moRef(type, id) : moRef('Folder', rootFolderOf(read))
}

type Owner = (read: Reader, id: string, value: object) => string | undefined

const OWNERS: Readonly<Record<string, Owner>> = {
  Task: (read, id) => read.get('Task', id).info.entity?.value,
  VirtualMachineSnapshot: (read, id) => read.get('VirtualMachineSnapshot', id).vm?.value,
  Alarm: (read, id) => read.get('Alarm', id).info.entity?.value,
  EnvironmentBrowser: (read, id) => read.lookup(environmentBrowserOwner, id)[0],
  HostDatastoreBrowser: (read, id) =>
    read.lookup(datastoreBrowserOwner, id)[0] ?? /^datastoreBrowser-(domain-\w+)$/.exec(id)?.[1],
  ClusterEVCManager: (_read, _id, value) => {
    const cluster = (value as { managedCluster?: unknown }).managedCluster
    return isMoRef(cluster) ? cluster.value : undefined
  },
}

/** Sub-managers of a host share its number: `networkSystem-12` is `host-12`'s. */
function hostOf(read: Reader, type: string, id: string): string | undefined {
  const number = /-(\d+)$/.exec(id)?.[1]
  if (number === undefined || !belongsToHost(type)) return undefined
  const host = hostOfNumber(number)
  return read.entity(host)?.type === 'HostSystem' ? host : undefined
}

const belongsToHost = (type: string) =>
  type === 'OptionManager' || (managedType(type)?.vmodl.startsWith('vim.host.') ?? false)
