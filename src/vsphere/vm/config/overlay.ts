import { patch } from '#vim25/data.js'
import type { DynamicData } from '#vim25/generated/types.js'
import { share } from '../share.js'

/** `changes` over `before`, members that are unset in `changes` kept. */
export function overlay<T extends DynamicData>(before: T | undefined, changes: T | undefined): T | undefined {
  if (!changes) return before
  return share(before ? patch(before, changes) : changes)
}
