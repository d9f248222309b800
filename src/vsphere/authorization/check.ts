import type { Entity } from '#inventory/entity.js'
import { isMoRef } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import { fault, type VimFault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { type Method, managedType, type Property } from '#vim25/schema.js'
import type { ReadContext, Session } from '../core/context.js'
import { rootFolderOf } from '../core/well-known.js'
import { entityOf, unknownObject } from './owner.js'
import { entitiesWithPermissions, hasAnyRight, isGranted, isUnrestricted } from './permissions.js'

const ANONYMOUS = 'System.Anonymous'

/** What answers without a session (soap-wire 3.4): what the schema gives to everybody. */
export function isAnonymous(type: string, member: string): boolean {
  const definition = managedType(type)
  const found = definition?.byName.get(member) ?? definition?.methods.get(member)
  return found?.privilege === ANONYMOUS
}

/** Throws NoPermission unless the session has the method's privilege on the object. */
export function authorize(
  read: Reader,
  session: Session,
  target: ManagedObjectReference,
  method: Method,
): void {
  const { privilege } = method
  if (privilege === undefined || privilege === ANONYMOUS || isUnrestricted(read)) return
  requirePrivilege(read, session, target, privilege)
}

/** The same for the objects that the arguments name, where the method asks for a privilege on them. */
export function authorizeArguments(
  read: Reader,
  session: Session,
  method: Method,
  args: Readonly<Record<string, unknown>>,
): void {
  if (isUnrestricted(read)) return
  for (const { name, privilege } of method.params) {
    if (privilege === undefined) continue
    const argument = args[name]
    for (const ref of Array.isArray(argument) ? argument : [argument])
      if (isMoRef(ref) && read.entity(ref.value)) requirePrivilege(read, session, ref, privilege)
  }
}

/** Throws NotAuthenticated or NoPermission unless the caller may read the property. */
export function requireMember(ctx: ReadContext, target: Entity, property: Property): void {
  const { privilege } = property
  if (privilege === ANONYMOUS) return
  const ref = target.ref as ManagedObjectReference
  if (!ctx.session)
    throw fault('NotAuthenticated', {
      object: unknownObject(ctx.read, ref.type, ref.value),
      privilegeId: privilege ?? 'System.View',
    })
  if (isUnrestricted(ctx.read)) return
  requirePrivilege(ctx.read, ctx.session, ref, privilege ?? 'System.View')
}

/** Throws NoPermission unless the session has the privilege on the object; work of the server itself may do everything. */
export function requirePrivilege(
  read: Reader,
  session: Session | undefined,
  target: ManagedObjectReference,
  privilege: string,
): void {
  const entity = entityOf(read, target)
  if (!hasPrivilege(read, session, entity, privilege)) throw noPermission(read, entity, privilege)
}

/** Throws NoPermission, about the root folder, unless the session has the privilege on some entity at least. */
export function requireAnywhere(read: Reader, session: Session | undefined, privilege: string): void {
  const entity = rootFolderOf(read)
  if (hasPrivilege(read, session, entity, privilege)) return
  if (
    session &&
    read
      .lookup(entitiesWithPermissions, 'any')
      .some((holder) => isGranted(read, session.userName, holder, privilege))
  )
    return
  throw noPermission(read, entity, privilege)
}

/** Whether the session has the privilege on the entity with this id. */
export function hasPrivilege(
  read: Reader,
  session: Pick<Session, 'userName'> | undefined,
  entityId: string,
  privilege: string,
): boolean {
  return !session || isUnrestricted(read) || isGranted(read, session.userName, entityId, privilege)
}

/** A user without any role may not log in (soap-wire 3.3). */
export const mayLogIn = hasAnyRight

function noPermission(read: Reader, entityId: string, privilege: string): VimFault {
  const entity = read.entity(entityId)?.ref
  return fault('NoPermission', {
    object: entity,
    privilegeId: privilege,
    missingPrivileges: entity && [
      data('NoPermissionEntityPrivileges', { entity, privilegeIds: [privilege] }),
    ],
  })
}
