import { moRef } from '#inventory/entity.js'
import { index } from '#inventory/indexes.js'
import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import type { ManagedObjectReference, ManagedTypes, Permission } from '#vim25/generated/types.js'
import { isRootFolder } from '../core/well-known.js'
import { groupOf } from '../fault-tolerance/group.js'
import { sameUser } from '../session/rules.js'
import { findRole, privilegesOf, ROLE } from './roles.js'

/** Every account is a member: this vCenter has no directory of its own in which somebody could be less. */
export const EVERYBODYS_GROUPS: readonly string[] = Object.freeze([
  'VSPHERE.LOCAL\\Administrators',
  'VSPHERE.LOCAL\\Everyone',
])

/** The permissions of a fresh vCenter: the administrators' group may do everything. */
export const defaultPermissions = (root: string): readonly Permission[] =>
  Object.freeze(
    (
      [
        ['VSPHERE.LOCAL\\Administrator', false],
        ['VSPHERE.LOCAL\\Administrators', true],
      ] as const
    ).map(([principal, group]) =>
      data('Permission', {
        entity: moRef('Folder', root),
        principal,
        group,
        roleId: ROLE.admin,
        propagate: true,
      }),
    ),
  )

/** Those of a vCenter. */
export const DEFAULT_PERMISSIONS = defaultPermissions('group-d1')

/** Permissions are stored where they are granted, in ManagedEntity.permission; this finds the entities that have any. */
export const entitiesWithPermissions = index<ManagedTypes['ManagedEntity']>({
  name: 'entitiesWithPermissions',
  type: 'ManagedEntity',
  inputs: ['permission'],
  keys: ({ permission }) => (permission?.length ? ['any'] : []),
})

/** A secondary has none of its own: its primary's count, and say of themselves that they are the primary's (fact sheet A.1). */
export const permissionsOn = (read: Reader, entity: string): readonly Permission[] =>
  read.find('ManagedEntity', primaryOf(read, entity) ?? entity)?.permission ?? []

/** The primary of a secondary; undefined for everything else. */
export function primaryOf(read: Reader, entity: string): string | undefined {
  const pair = groupOf(read, entity)
  return pair?.secondary.vm === entity ? pair.primary : undefined
}

/** All permissions of the world, by entity in order of creation. */
export function allPermissions(read: Reader): readonly Permission[] {
  return read.lookup(entitiesWithPermissions, 'any').flatMap((id) => permissionsOn(read, id))
}

const openToAll = new WeakMap<readonly Permission[], boolean>()

/**
 * True while everybody may do everything: no permission but administrators' at the root. Asked before every call, so
 * it must cost next to nothing.
 */
export function isUnrestricted(read: Reader): boolean {
  const holders = read.lookup(entitiesWithPermissions, 'any')
  if (holders.length === 0) return true
  const [root = '', ...others] = holders
  if (others.length > 0 || !isRootFolder(root)) return false
  const list = permissionsOn(read, root)
  let open = openToAll.get(list)
  if (open === undefined) {
    open =
      list.every(({ roleId, propagate }) => roleId === ROLE.admin && propagate) &&
      list.some(({ group, principal }) => group && isMember(principal))
    openToAll.set(list, open)
  }
  return open
}

const isMember = (group: string) => EVERYBODYS_GROUPS.some((name) => sameUser(name, group))

const appliesTo = (permission: Permission, userName: string) =>
  permission.group ? isMember(permission.principal) : sameUser(permission.principal, userName)

/**
 * The permissions that decide for a user on an entity: those of the nearest entity that has any for him; there, his own
 * before his groups'. A VM inherits from its folder and from its pool. Parts of a datacenter or compute resource have
 * what their whole has, propagated or not (API reference, AuthorizationManager).
 */
export function effectivePermissions(read: Reader, userName: string, entity: string): readonly Permission[] {
  return decide(read, userName, entity, true)
}

function decide(read: Reader, userName: string, entity: string, here: boolean): readonly Permission[] {
  const mine = permissionsOn(read, entity).filter(
    (permission) => (here || permission.propagate) && appliesTo(permission, userName),
  )
  const own = mine.filter(({ group }) => !group)
  if (own.length > 0) return own
  if (mine.length > 0) return mine
  return parentsOf(read, entity).flatMap((parent) =>
    decide(read, userName, parent.value, here && isPartOf(read, entity, parent)),
  )
}

/** What an entity inherits permissions from. */
export function parentsOf(read: Reader, entity: string): readonly ManagedObjectReference[] {
  const value = read.find('ManagedEntity', entity)
  const pool = read.find('VirtualMachine', entity)?.resourcePool
  return [value?.parent, pool].filter((ref): ref is ManagedObjectReference => ref !== undefined)
}

function isPartOf(read: Reader, entity: string, parent: ManagedObjectReference): boolean {
  switch (read.entity(entity)?.type) {
    case 'Folder':
      return parent.type === 'Datacenter'
    case 'ResourcePool':
      return parent.type === 'ComputeResource' || parent.type === 'ClusterComputeResource'
    case 'HostSystem':
      return parent.type === 'ComputeResource'
    default:
      return false
  }
}

/** Ids of the roles that a user has on an entity. */
export function rolesOn(read: Reader, userName: string, entity: string): readonly number[] {
  return [...new Set(effectivePermissions(read, userName, entity).map(({ roleId }) => roleId))]
}

/** Whether one of the user's roles on the entity has the privilege; who holds a right further down sees what is above it. */
export function isGranted(read: Reader, userName: string, entity: string, privilege: string): boolean {
  for (const roleId of rolesOn(read, userName, entity)) {
    const role = findRole(read, roleId)
    if (role && privilegesOf(role).has(privilege)) return true
  }
  if (privilege !== 'System.View' && privilege !== 'System.Anonymous') return false
  return read
    .lookup(entitiesWithPermissions, 'any')
    .some((holder) => isAbove(read, entity, holder) && hasRight(read, userName, holder))
}

function hasRight(read: Reader, userName: string, entity: string): boolean {
  return permissionsOn(read, entity).some(
    (permission) => permission.roleId !== ROLE.noAccess && appliesTo(permission, userName),
  )
}

/** A user without any right anywhere cannot even log in. */
export function hasAnyRight(read: Reader, userName: string): boolean {
  if (isUnrestricted(read)) return true
  return read.lookup(entitiesWithPermissions, 'any').some((holder) => rightAt(read, userName, holder))
}

const rightAt = (read: Reader, userName: string, holder: string) =>
  effectivePermissions(read, userName, holder).some(({ roleId }) => roleId !== ROLE.noAccess)

function isAbove(read: Reader, ancestor: string, entity: string): boolean {
  return parentsOf(read, entity).some(({ value }) => value === ancestor || isAbove(read, ancestor, value))
}
