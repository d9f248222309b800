import type { Reader } from '#inventory/reader.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'

/** What a folder is for; all folders below a datacenter's four are of its kind. */
export type FolderKind = 'datacenter' | 'vm' | 'host' | 'datastore' | 'network'

/** Per kind the prefix of its moids (rest-wire 4) and what it may contain. */
export const FOLDER_KINDS: Readonly<Record<FolderKind, { prefix: string; childType: readonly string[] }>> = {
  datacenter: { prefix: 'group-d', childType: Object.freeze(['Folder', 'Datacenter']) },
  vm: { prefix: 'group-v', childType: Object.freeze(['Folder', 'VirtualMachine']) },
  host: { prefix: 'group-h', childType: Object.freeze(['Folder', 'ComputeResource']) },
  datastore: { prefix: 'group-s', childType: Object.freeze(['Folder', 'Datastore', 'StoragePod']) },
  network: {
    prefix: 'group-n',
    childType: Object.freeze(['Folder', 'Network', 'DistributedVirtualSwitch']),
  },
}

/** The kind of a folder by its childType. */
export function folderKind(childType: readonly string[] | undefined): FolderKind | undefined {
  const kinds = Object.entries(FOLDER_KINDS) as [FolderKind, { childType: readonly string[] }][]
  return kinds.find(([, kind]) => kind.childType[1] === childType?.[1])?.[0]
}

/** True when an object of the type may lie in a folder with this childType (subtypes included). */
export function accepts(childType: readonly string[] | undefined, type: string): boolean {
  return childType?.some((allowed) => isA(type, allowed)) ?? false
}

/** The kind of the folder that `ref` names; undefined when it is none. */
export function kindOf(read: Reader, ref: ManagedObjectReference): FolderKind | undefined {
  return folderKind(read.find('Folder', ref.value)?.childType)
}
