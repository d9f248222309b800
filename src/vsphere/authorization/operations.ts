import { data, patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { EntityPrivilege, ManagedObjectReference, Permission } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { rootFolderOf } from '../core/well-known.js'
import { emit } from '../event/emit.js'
import { normalisedUserName, sameUser } from '../session/rules.js'
import { findSessionByKey } from '../session/user-session.js'
import {
  checkedPermission,
  checkRoleName,
  customRole,
  replacePermissions,
  roleArgument,
  sameHolder,
  setRoles,
} from './change.js'
import { hasPrivilege } from './check.js'
import { entityOf } from './owner.js'
import { allPermissions, parentsOf, permissionsOn, primaryOf } from './permissions.js'
import { isPrivilege, privilegeIds, SYSTEM_PRIVILEGES } from './privileges.js'
import { findRole, nextRoleId, rolesOf } from './roles.js'

export const authorizationOperations = operations('AuthorizationManager', {
  AddAuthorizationRole(ctx, _self, { name, privIds }) {
    checkRoleName(ctx, name)
    const privilege = checkedPrivileges(privIds)
    const roleId = nextRoleId(ctx.tx)
    const info = data('Description', { label: name, summary: name })
    setRoles(ctx, [
      ...rolesOf(ctx.tx),
      data('AuthorizationRole', { roleId, system: false, name, info, privilege }),
    ])
    emit(ctx, 'RoleAddedEvent', { role: roleArgument(ctx, roleId), privilegeList: privilege })
    return roleId
  },

  UpdateAuthorizationRole(ctx, _self, { roleId, newName, privIds }) {
    const role = customRole(ctx, roleId)
    checkRoleName(ctx, newName, roleId)
    const privilege = checkedPrivileges(privIds)
    const before = role.privilege ?? []
    const info = data('Description', { label: newName, summary: newName })
    const changed = patch(role, { name: newName, info, privilege })
    setRoles(
      ctx,
      rolesOf(ctx.tx).map((other) => (other.roleId === roleId ? changed : other)),
    )
    emit(ctx, 'RoleUpdatedEvent', {
      role: roleArgument(ctx, roleId),
      privilegeList: privilege,
      prevRoleName: role.name,
      privilegesAdded: privilege.filter((id) => !before.includes(id)),
      privilegesRemoved: before.filter((id) => !privilege.includes(id)),
    })
  },

  RemoveAuthorizationRole(ctx, _self, { roleId, failIfUsed }) {
    customRole(ctx, roleId)
    const role = roleArgument(ctx, roleId)
    const uses = allPermissions(ctx.tx).filter((permission) => permission.roleId === roleId)
    if (uses.length > 0 && failIfUsed) throw fault('RemoveFailed', {})
    eachHolder(ctx, uses, (entity, list) =>
      replacePermissions(
        ctx,
        entity,
        list.filter((permission) => permission.roleId !== roleId),
      ),
    )
    setRoles(
      ctx,
      rolesOf(ctx.tx).filter((other) => other.roleId !== roleId),
    )
    emit(ctx, 'RoleRemovedEvent', { role })
  },

  MergePermissions(ctx, _self, { srcRoleId, dstRoleId }) {
    if (!findRole(ctx.tx, srcRoleId) || !findRole(ctx.tx, dstRoleId)) throw fault('NotFound', {})
    const uses = allPermissions(ctx.tx).filter(({ roleId }) => roleId === srcRoleId)
    eachHolder(ctx, uses, (entity, list) =>
      replacePermissions(
        ctx,
        entity,
        list.map((old) => (old.roleId === srcRoleId ? patch(old, { roleId: dstRoleId }) : old)),
      ),
    )
  },

  SetEntityPermissions(ctx, _self, { entity, permission }) {
    requireOwnPermissions(ctx, entity)
    const fresh = (permission ?? []).map((one) => checkedPermission(ctx, entity, one))
    const kept = permissionsOn(ctx.tx, entity.value).filter(
      (old) => !fresh.some((other) => sameHolder(old, other)),
    )
    replacePermissions(ctx, entity, [...kept, ...fresh])
  },

  ResetEntityPermissions(ctx, _self, { entity, permission }) {
    requireOwnPermissions(ctx, entity)
    replacePermissions(
      ctx,
      entity,
      (permission ?? []).map((one) => checkedPermission(ctx, entity, one)),
    )
  },

  RemoveEntityPermission(ctx, _self, { entity, user, isGroup }) {
    requireOwnPermissions(ctx, entity)
    const list = permissionsOn(ctx.tx, entity.value)
    const rest = list.filter((old) => !sameHolder(old, { principal: user, group: isGroup }))
    if (rest.length === list.length) throw fault('NotFound', {})
    replacePermissions(ctx, entity, rest)
  },

  RetrieveEntityPermissions(ctx, _self, { entity, inherited }) {
    const own = permissionsOn(ctx.tx, entity.value)
    return inherited ? [...own, ...inheritedBy(ctx, entity.value)] : own
  },

  RetrieveAllPermissions: (ctx) => allPermissions(ctx.tx),

  RetrieveRolePermissions(ctx, _self, { roleId }) {
    if (!findRole(ctx.tx, roleId)) throw fault('NotFound', {})
    return allPermissions(ctx.tx).filter((permission) => permission.roleId === roleId)
  },

  HasPrivilegeOnEntity(ctx, _self, { entity, sessionId, privId }) {
    const userName = userOf(ctx, sessionId)
    return (privId ?? []).map((id) => hasPrivilege(ctx.tx, { userName }, entity.value, id))
  },

  HasPrivilegeOnEntities(ctx, _self, { entity, sessionId, privId }) {
    const userName = userOf(ctx, sessionId)
    return entity.map((ref) => availability(ctx, ref, userName, privId ?? []))
  },

  HasUserPrivilegeOnEntities(ctx, _self, { entities, userName, privId }) {
    const name = normalisedUserName(userName)
    return entities.map((ref) => availability(ctx, ref, name, privId ?? []))
  },

  FetchUserPrivilegeOnEntities(ctx, _self, { entities, userName }) {
    const user = { userName: normalisedUserName(userName) }
    return entities.map((entity) =>
      data('UserPrivilegeResult', {
        entity,
        privileges: privilegeIds().filter((id) => hasPrivilege(ctx.tx, user, entity.value, id)),
      }),
    )
  },
})

/** Those of a secondary are its primary's: throws InvalidArgument. */
function requireOwnPermissions(ctx: Context, entity: ManagedObjectReference): void {
  if (primaryOf(ctx.tx, entity.value) !== undefined)
    throw fault('InvalidArgument', { invalidProperty: 'entity' })
}

/** A role's privileges as it keeps them: with those that every role has. Throws InvalidArgument for unknown ones. */
function checkedPrivileges(privIds: readonly string[] | undefined): readonly string[] {
  for (const id of privIds ?? [])
    if (!isPrivilege(id)) throw fault('InvalidArgument', { invalidProperty: 'privIds' })
  return [...new Set([...SYSTEM_PRIVILEGES, ...(privIds ?? [])])].sort()
}

function eachHolder(
  ctx: Context,
  uses: readonly Permission[],
  change: (entity: ManagedObjectReference, list: readonly Permission[]) => void,
): void {
  const holders = new Map(uses.flatMap(({ entity }) => (entity ? [[entity.value, entity] as const] : [])))
  for (const entity of holders.values()) change(entity, permissionsOn(ctx.tx, entity.value))
}

/** What an entity inherits, the nearest first; a permission for somebody who has a nearer one is overridden. */
function inheritedBy(ctx: Context, entity: string): readonly Permission[] {
  const found: Permission[] = []
  const seen = [...permissionsOn(ctx.tx, entity)]
  for (const parent of parentsOf(ctx.tx, entity)) {
    const above = permissionsOn(ctx.tx, parent.value).filter(({ propagate }) => propagate)
    for (const permission of [...above, ...inheritedBy(ctx, parent.value)]) {
      if (seen.some((other) => sameHolder(other, permission))) continue
      seen.push(permission)
      found.push(permission)
    }
  }
  return found
}

function userOf(ctx: Context, key: string): string {
  const session = findSessionByKey(ctx.tx, key)
  if (!session) throw fault('InvalidArgument', { invalidProperty: 'sessionId' })
  if (ctx.session && !sameUser(session.userName, ctx.session.userName)) {
    if (!hasPrivilege(ctx.tx, ctx.session, rootFolderOf(ctx.tx), 'Sessions.ValidateSession'))
      throw fault('NoPermission', {
        object: ctx.tx.ref(rootFolderOf(ctx.tx)),
        privilegeId: 'Sessions.ValidateSession',
      })
  }
  return session.userName
}

function availability(
  ctx: Context,
  ref: ManagedObjectReference,
  userName: string,
  privIds: readonly string[],
): EntityPrivilege {
  const entity = entityOf(ctx.tx, ref)
  return data('EntityPrivilege', {
    entity: ref,
    privAvailability: privIds.map((privId) =>
      data('PrivilegeAvailability', {
        privId,
        isGranted: hasPrivilege(ctx.tx, { userName }, entity, privId),
      }),
    ),
  })
}
