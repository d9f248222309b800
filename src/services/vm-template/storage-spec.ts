import { data } from '#vim25/data.js'
import type { ManagedObjectReference, VirtualMachineRelocateSpecDiskLocator } from '#vim25/generated/types.js'
import { refTo, type ServiceCall } from '../core/call.js'
import { requireObject } from '../core/objects.js'
import { type assign, assignmentOf, disksOf } from '../storage-policies/assignments.js'
import { requireAssignable } from '../storage-policies/policies.js'
import { deviceNotFound } from '../vm/hardware/errors.js'
import { invalid } from './errors.js'

/** Where something is to be kept, and how: of a VM's home or of a disk, when it is created or deployed. */
interface Storage {
  readonly datastore?: string | undefined
  readonly storage_policy?:
    | {
        readonly type: 'USE_SPECIFIED_POLICY' | 'USE_SOURCE_POLICY'
        readonly policy?: string | undefined
      }
    | undefined
}

export interface StorageSpec {
  readonly vm_home_storage?: Storage | undefined
  readonly disk_storage?: Storage | undefined
  readonly disk_storage_overrides?: Readonly<Record<string, Storage>> | undefined
}

/** A StorageSpec in terms of vim25, with the policies that are kept beside it (deviation 64). */
export interface StoragePlan {
  /** Of the home, and of disks that are not in `disks`; undefined: where the source has them. */
  readonly datastore: ManagedObjectReference | undefined
  readonly disks: readonly VirtualMachineRelocateSpecDiskLocator[]
  readonly policies: Parameters<typeof assign>[2]
}

/** What holds where the spec says nothing. */
interface Usual {
  /** Undefined: the source's own. */
  readonly datastore: string | undefined
  /** Whether policies are those of the source, too. */
  readonly sourcePolicies: boolean
}

/**
 * Where the copy of a VM is kept. Throws NOT_FOUND for datastores, policies and disks that are not there, INVALID_ARGUMENT
 * for storage that names neither a datastore nor a policy (deviation 75).
 */
export function storagePlan(call: ServiceCall, vm: string, spec: StorageSpec, usual: Usual): StoragePlan {
  const { vm_home_storage, disk_storage, disk_storage_overrides = {} } = spec
  const present = disksOf(call.read, vm)
  const unknown = Object.keys(disk_storage_overrides).find((key) => !present.has(key))
  if (unknown !== undefined) throw deviceNotFound(unknown, vm)
  const source = assignmentOf(call.read, vm)
  const home = chosen(call, 'vm_home_storage', vm_home_storage, source?.home, usual)
  const disks = [...present].map(([key, own]) => {
    const override = disk_storage_overrides[key]
    const field = override ? 'disk_storage_overrides' : 'disk_storage'
    return { key, own, ...chosen(call, field, override ?? disk_storage, source?.disks[key], usual) }
  })
  return {
    datastore: home.datastore === undefined ? undefined : refTo('Datastore', home.datastore),
    disks: disks.flatMap(({ key, own, datastore = home.datastore && own }) =>
      // A disk without a file is nowhere.
      own === undefined || datastore === undefined
        ? []
        : [
            data('VirtualMachineRelocateSpecDiskLocator', {
              diskId: Number(key),
              datastore: refTo('Datastore', datastore),
            }),
          ],
    ),
    policies: { home: home.policy, disks: Object.fromEntries(disks.map(({ key, policy }) => [key, policy])) },
  }
}

/** The datastore (undefined: the source's) and the policy (null: the datastore's own). */
function chosen(
  call: ServiceCall,
  field: keyof StorageSpec,
  storage: Storage | undefined,
  source: string | undefined,
  usual: Usual,
): { readonly datastore: string | undefined; readonly policy: string | null } {
  if (!storage) return { datastore: usual.datastore, policy: (usual.sourcePolicies && source) || null }
  const { type, policy } = storage.storage_policy ?? {}
  if (storage.datastore !== undefined) requireObject(call, 'Datastore', storage.datastore)
  else if (type === undefined) throw invalid('field_required', `${field}.datastore`)
  if (policy !== undefined) requireAssignable(policy, 'NOT_FOUND')
  const datastore = storage.datastore ?? usual.datastore
  return { datastore, policy: (type === 'USE_SOURCE_POLICY' ? source : policy) ?? null }
}
