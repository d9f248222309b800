import type { VapiStdDynamicID } from '#vapi/generated/types.js'
import type { Context } from '#vsphere/core/context.js'
import { taggable } from './objects.js'
import { associationByTag, associationId, associations, tagByCategory } from './records.js'

/** Puts a tag on an object; nothing when it is there already. */
export function attach({ tx }: Context, tag: string, object: VapiStdDynamicID): void {
  const id = associationId(tag, object.id)
  if (tx.entity(id)) return
  const type = taggable(tx, object) ?? object.type
  tx.create(associations, id, { tag, object: Object.freeze({ type, id: object.id }) })
  if (isPowerOfTwo(tx.count(associations))) sweep({ tx })
}

/** Takes a tag off an object; nothing when it is not there. */
export function detach({ tx }: Pick<Context, 'tx'>, tag: string, object: VapiStdDynamicID): void {
  const id = associationId(tag, object.id)
  if (tx.entity(id)) tx.remove(id)
}

/**
 * Forgets what was attached to objects that are gone: they are never seen again, since identifiers are not reused. Done
 * whenever the number of associations has doubled, so that it costs next to nothing and what is kept stays bounded.
 */
function sweep({ tx }: Pick<Context, 'tx'>): void {
  for (const id of [...tx.ids(associations)])
    if (taggable(tx, tx.get(associations, id).object) === undefined) tx.remove(id)
}

const isPowerOfTwo = (count: number) => (count & (count - 1)) === 0

/** Removes a tag from the world and from every object. */
export function removeTag({ tx }: Context, tag: string): void {
  for (const id of [...tx.lookup(associationByTag, tag)]) tx.remove(id)
  tx.remove(tag)
}

/** Removes a category with its tags. */
export function removeCategory(ctx: Context, category: string): void {
  for (const tag of [...ctx.tx.lookup(tagByCategory, category)]) removeTag(ctx, tag)
  ctx.tx.remove(category)
}

/** Values without repetition, in the order in which they came. */
export const distinct = (values: readonly string[]): readonly string[] => Object.freeze([...new Set(values)])
