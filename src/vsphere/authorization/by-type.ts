import { isMoRef } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import type {
  EntityBackupConfig,
  ManagedObjectReference,
  ResourceConfigSpec,
  VirtualMachineConfigSpec,
} from '#vim25/generated/types.js'
import { type Method, managedType } from '#vim25/schema.js'
import type { Session } from '../core/context.js'
import { creationPrivileges, specPrivileges } from '../vm/config/privileges.js'
import { requirePrivilege } from './check.js'
import { isUnrestricted } from './permissions.js'

/** A privilege that a call needs, and on what. */
export type Need = readonly [ManagedObjectReference | undefined, string]

type Args = Readonly<Record<string, unknown>>
type Needs = (read: Reader, self: ManagedObjectReference, args: Args) => readonly Need[]

/**
 * Throws NoPermission unless the session may call a method that the schema names no privilege for, because it depends on the type
 * of the object or on the arguments.
 */
export function authorizeByType(
  read: Reader,
  session: Session,
  target: ManagedObjectReference,
  method: Method,
  args: Args,
): void {
  if (isUnrestricted(read)) return
  for (const [ref, privilege] of needsOf(target.type, method.name)?.(read, target, args) ?? [])
    if (ref && read.entity(ref.value)) requirePrivilege(read, session, ref, privilege)
}

function needsOf(type: string, method: string): Needs | undefined {
  for (let name: string | undefined = type; name; name = managedType(name)?.base) {
    const found = NEEDS[`${name}.${method}`]
    if (found) return found
  }
  return undefined
}

const parentOf = (read: Reader, ref: ManagedObjectReference) => read.find('ManagedEntity', ref.value)?.parent

const here =
  (privilege: string): Needs =>
  (_read, self) => [[self, privilege]]

/** On the object and on what it is in (vSphere Security 8.0, "Defined Privileges"). */
const hereAndAbove =
  (privilege: string): Needs =>
  (read, self) => [
    [self, privilege],
    [parentOf(read, self), privilege],
  ]

const onDatacenter =
  (privilege: string): Needs =>
  (_read, _self, { dc }) =>
    isMoRef(dc) ? [[dc, privilege]] : []

const refs = (value: unknown): readonly ManagedObjectReference[] =>
  Array.isArray(value) ? value.filter((one): one is ManagedObjectReference => isMoRef(one)) : []

/** What it takes to move an object of a type into another folder. */
const MOVE: Readonly<Record<string, string>> = {
  ClusterComputeResource: 'Host.Inventory.MoveCluster',
  ComputeResource: 'Host.Inventory.MoveHost',
  Datacenter: 'Datacenter.Move',
  Datastore: 'Datastore.Move',
  DistributedVirtualSwitch: 'DVSwitch.Move',
  Folder: 'Folder.Move',
  Network: 'Network.Move',
  VirtualApp: 'VApp.Move',
  VirtualMachine: 'VirtualMachine.Inventory.Move',
}

function moveRight(type: string | undefined): string | undefined {
  for (let name = type; name; name = managedType(name)?.base) if (MOVE[name]) return MOVE[name]
  return undefined
}

/** On what moves, on where it was, and on where it goes. */
const moveIntoFolder: Needs = (read, self, { list }) =>
  refs(list).flatMap((ref): readonly Need[] => {
    const privilege = moveRight(read.entity(ref.value)?.type)
    if (privilege === undefined) return []
    return [
      [ref, privilege],
      [parentOf(read, ref), privilege],
      [self, privilege],
    ]
  })

const moveIntoPool: Needs = (read, self, { list }) =>
  refs(list).flatMap((ref): readonly Need[] => {
    switch (read.entity(ref.value)?.type) {
      case 'VirtualMachine':
        return [[self, 'Resource.AssignVMToPool']]
      case 'VirtualApp':
        return [
          [ref, 'VApp.Move'],
          [self, 'Resource.AssignVAppToPool'],
        ]
      default:
        return [
          [ref, 'Resource.MovePool'],
          [parentOf(read, ref), 'Resource.MovePool'],
          [self, 'Resource.MovePool'],
        ]
    }
  })

const changePool: Needs = (_read, self, { name, config }) => [
  ...(name === undefined ? [] : [[self, 'Resource.RenamePool'] as const]),
  ...(config === undefined ? [] : [[self, 'Resource.EditPool'] as const]),
]

const changeChildren: Needs = (read, _self, { spec }) =>
  (spec as readonly ResourceConfigSpec[]).map(({ entity }) => [
    entity,
    entity && read.entity(entity.value)?.type === 'VirtualMachine'
      ? 'VirtualMachine.Config.Resource'
      : 'Resource.EditPool',
  ])

/** A backup goes over what it is of, or becomes something new where it is to be. */
const importSwitches: Needs = (read, _self, { entityBackup, importType }) =>
  (entityBackup as readonly EntityBackupConfig[]).map(({ entityType, key, container }): Need => {
    const what = entityType === 'distributedVirtualSwitch' ? 'DVSwitch' : 'DVPortgroup'
    if (importType !== 'applyToEntitySpecified') return [container, `${what}.Create`]
    const existing = [...read.ids('DistributedVirtualSwitch'), ...read.ids('DistributedVirtualPortgroup')]
    const id = existing.find((one) => one === key || uuidOf(read, one) === key)
    return [id === undefined ? undefined : read.ref(id), `${what}.Modify`]
  })

const uuidOf = (read: Reader, id: string) => read.find('DistributedVirtualSwitch', id)?.uuid

/** By `Type.Method`, the type being the object's or a base of it. */
export const NEEDS: Readonly<Record<string, Needs>> = {
  'ClusterComputeResource.ApplyRecommendation': here('Resource.ApplyRecommendation'),
  'ClusterComputeResource.Destroy_Task': hereAndAbove('Host.Inventory.DeleteCluster'),
  'ClusterComputeResource.Rename_Task': here('Host.Inventory.RenameCluster'),
  'ComputeResource.Destroy_Task': hereAndAbove('Host.Inventory.RemoveHostFromCluster'),
  'Datacenter.Destroy_Task': hereAndAbove('Datacenter.Delete'),
  'Datacenter.Rename_Task': here('Datacenter.Rename'),
  'Datastore.Destroy_Task': here('Datastore.Delete'),
  'Datastore.Rename_Task': here('Datastore.Rename'),
  'DistributedVirtualPortgroup.DVPortgroupRollback_Task': here('DVPortgroup.Modify'),
  'DistributedVirtualSwitch.DVSRollback_Task': here('DVSwitch.Modify'),
  'DistributedVirtualSwitchManager.DVSManagerImportEntity_Task': importSwitches,
  'Folder.CreateVM_Task': (read, self, { config }) =>
    creationPrivileges(read, self, config as VirtualMachineConfigSpec),
  'Folder.Destroy_Task': hereAndAbove('Folder.Delete'),
  'Folder.MoveIntoFolder_Task': moveIntoFolder,
  'Folder.Rename_Task': here('Folder.Rename'),
  'HostNetworkSystem.AddVirtualNic': here('Host.Config.Network'),
  'HostNetworkSystem.UpdateVirtualNic': here('Host.Config.Network'),
  'HostSystem.Destroy_Task': hereAndAbove('Host.Inventory.RemoveHostFromCluster'),
  'IpPoolManager.AllocateIpv4Address': onDatacenter('Datacenter.IpPoolConfig'),
  'IpPoolManager.AllocateIpv6Address': onDatacenter('Datacenter.IpPoolConfig'),
  'ManagedEntity.Destroy_Task': here('System.Read'),
  'ManagedEntity.Rename_Task': here('System.Read'),
  'Network.Destroy_Task': here('Network.Delete'),
  'Network.Rename_Task': here('Network.Config'),
  'ResourcePool.DestroyChildren': here('Resource.DeletePool'),
  'ResourcePool.Destroy_Task': here('Resource.DeletePool'),
  'ResourcePool.MoveIntoResourcePool': moveIntoPool,
  'ResourcePool.Rename_Task': here('Resource.RenamePool'),
  'ResourcePool.UpdateChildResourceConfiguration': changeChildren,
  'ResourcePool.UpdateConfig': changePool,
  'VirtualApp.Rename_Task': here('VApp.Rename'),
  'VirtualMachine.Destroy_Task': hereAndAbove('VirtualMachine.Inventory.Delete'),
  'VirtualMachine.ReconfigVM_Task': (read, self, { spec }) =>
    specPrivileges(read, self, spec as VirtualMachineConfigSpec),
  'VirtualMachine.Rename_Task': here('VirtualMachine.Config.Rename'),
}
