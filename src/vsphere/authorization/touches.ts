import type { Entity } from '#inventory/entity.js'
import type { Commit } from '#inventory/inventory.js'
import type { Permission } from '#vim25/generated/types.js'
import { ftGroups } from '../fault-tolerance/group.js'

/** True when a commit granted or took away rights: permissions, or what a role holds. */
export function touchesRights({ changes }: Commit): boolean {
  return changes.some(
    ({ before, after }) =>
      permissionsOf(before) !== permissionsOf(after) ||
      ((after ?? before)?.type === 'AuthorizationManager' && differs(before, after, 'roleList')),
  )
}

/** True when a commit may have moved something to where other permissions hold. */
export function touchesPlaces({ changes }: Commit): boolean {
  return changes.some(
    ({ before, after }) =>
      (after ?? before)?.type === ftGroups.kind ||
      (before && after && (differs(before, after, 'parent') || differs(before, after, 'resourcePool'))),
  )
}

/** None are the same everywhere. */
function permissionsOf(entity: Entity | undefined): readonly Permission[] | undefined {
  const list = (entity?.value as { permission?: readonly Permission[] } | undefined)?.permission
  return list?.length ? list : undefined
}

const differs = (before: Entity | undefined, after: Entity | undefined, name: string) =>
  !Object.is(
    (before?.value as Record<string, unknown> | undefined)?.[name],
    (after?.value as Record<string, unknown> | undefined)?.[name],
  )
