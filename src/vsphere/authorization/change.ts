import { data, patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  AuthorizationRole,
  ManagedObjectReference,
  Permission,
  RoleEventArgument,
} from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { isRootFolder, theOnly } from '../core/well-known.js'
import { emit } from '../event/emit.js'
import { normalisedUserName, sameUser } from '../session/rules.js'
import { principals } from '../user-directory/principals.js'
import { permissionsOn } from './permissions.js'
import { findRole, ROLE, rolesOf } from './roles.js'

/**
 * Puts an entity's permissions in place of the present ones, with an event for each difference. Throws
 * AuthMinimumAdminPermission when nobody would be left to administer the root.
 */
export function replacePermissions(
  ctx: Context,
  entity: ManagedObjectReference,
  next: readonly Permission[],
): void {
  const before = permissionsOn(ctx.tx, entity.value)
  if (isRootFolder(entity.value) && !next.some(({ roleId, propagate }) => roleId === ROLE.admin && propagate))
    throw fault('AuthMinimumAdminPermission', {})
  ctx.tx.set('ManagedEntity', entity.value, { permission: Object.freeze([...next]) })
  for (const permission of next) {
    const old = before.find((other) => sameHolder(other, permission))
    if (!old) tell(ctx, 'PermissionAddedEvent', entity, permission)
    else if (old.roleId !== permission.roleId || old.propagate !== permission.propagate)
      tell(ctx, 'PermissionUpdatedEvent', entity, permission, old)
  }
  for (const { principal, group } of before.filter((old) => !next.some((other) => sameHolder(old, other))))
    emit(ctx, 'PermissionRemovedEvent', { entity, principal, group })
}

function tell(
  ctx: Context,
  type: 'PermissionAddedEvent' | 'PermissionUpdatedEvent',
  entity: ManagedObjectReference,
  { principal, group, roleId, propagate }: Permission,
  old?: Permission,
): void {
  const members = { entity, principal, group, role: roleArgument(ctx, roleId), propagate }
  if (type === 'PermissionAddedEvent') emit(ctx, type, members)
  else
    emit(ctx, type, {
      ...members,
      prevRole: old && roleArgument(ctx, old.roleId),
      prevPropagate: old?.propagate,
    })
}

/**
 * A client's permission as it is stored on the entity. Throws NotFound for an unknown role, UserNotFound for an unknown
 * principal, InvalidArgument for a role that cannot be granted.
 */
export function checkedPermission(
  ctx: Context,
  entity: ManagedObjectReference,
  permission: Permission,
): Permission {
  if (!findRole(ctx.tx, permission.roleId)) throw fault('NotFound', {})
  if (permission.roleId === ROLE.view || permission.roleId === ROLE.anonymous)
    throw fault('InvalidArgument', { invalidProperty: 'permission.roleId' })
  if (!isPrincipal(ctx, permission))
    throw fault('UserNotFound', { principal: permission.principal, unresolved: false })
  return patch(permission, { entity, principal: normalisedUserName(permission.principal) })
}

/** With accounts configured only they exist, and who is there anyway; else every name is somebody's. */
function isPrincipal({ tx, services }: Context, { principal, group }: Permission): boolean {
  if (principal.trim() === '') return false
  return (
    !services.accounts ||
    principals(tx, services).some((one) => one.group === group && sameUser(one.name, principal))
  )
}

export const sameHolder = (
  a: Pick<Permission, 'principal' | 'group'>,
  b: Pick<Permission, 'principal' | 'group'>,
) => a.group === b.group && sameUser(a.principal, b.principal)

export function setRoles(ctx: Context, roles: readonly AuthorizationRole[]): void {
  ctx.tx.set('AuthorizationManager', theOnly(ctx.tx, 'AuthorizationManager') ?? '', {
    roleList: Object.freeze([...roles]),
  })
}

/** A role that a client may change. Throws NotFound, or InvalidArgument for a system role. */
export function customRole(ctx: Context, roleId: number): AuthorizationRole {
  const role = findRole(ctx.tx, roleId)
  if (!role) throw fault('NotFound', {})
  if (role.system) throw fault('InvalidArgument', { invalidProperty: 'roleId' })
  return role
}

/** Throws InvalidName for no name, AlreadyExists for another role's. */
export function checkRoleName(ctx: Context, name: string, own?: number): void {
  if (name.trim() === '' || name.length > 80) throw fault('InvalidName', { name })
  if (rolesOf(ctx.tx).some((role) => role.name === name && role.roleId !== own))
    throw fault('AlreadyExists', { name })
}

export function roleArgument(ctx: Context, roleId: number): RoleEventArgument {
  return data('RoleEventArgument', { roleId, name: findRole(ctx.tx, roleId)?.name ?? '' })
}
