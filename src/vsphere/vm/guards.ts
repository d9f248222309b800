import type { ManagedObjectReference } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { guardList } from './guard-list.js'

/** What somebody wants to do to a VM; the names are those of the methods, without `_Task` and `VM`. */
export type VmOperation =
  | 'Destroy'
  | 'Unregister'
  | 'Reconfig'
  | 'Rename'
  | 'PowerOn'
  | 'PowerOff'
  | 'Reset'
  | 'Suspend'
  | 'ShutdownGuest'
  | 'RebootGuest'
  | 'StandbyGuest'
  | 'CreateSnapshot'
  | 'RemoveSnapshot'
  | 'RevertToSnapshot'
  | 'MarkAsTemplate'
  | 'Clone'
  | 'InstantClone'
  | 'Customize'
  | 'Relocate'
  | 'Migrate'
  | 'MoveIntoResourcePool'

/**
 * A veto of another family: throws a fault that the operation declares, or returns. Called with the method's arguments
 * before anything is changed.
 */
export type VmGuard = (
  ctx: Context,
  vm: ManagedObjectReference,
  operation: VmOperation,
  args: Readonly<Record<string, unknown>>,
) => void

/** Asks every family that has a say. */
export function guard(
  ctx: Context,
  vm: ManagedObjectReference,
  operation: VmOperation,
  args: object = {},
): void {
  for (const ask of guardList) ask(ctx, vm, operation, args as Readonly<Record<string, unknown>>)
}
