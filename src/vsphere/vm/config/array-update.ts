import { unboxed } from '#vim25/any.js'
import { patch } from '#vim25/data.js'
import type { ArrayUpdateSpec, DynamicData } from '#vim25/generated/types.js'
import { badArgument } from './faults.js'

interface Update<T> extends ArrayUpdateSpec {
  readonly info?: T | undefined
}

/**
 * A list with keyed items after the updates of a spec, in order. Throws InvalidArgument with the path of the update that adds
 * a key that is there, or edits or removes one that is not. `complete` makes the stored item of what a client sent.
 */
export function updatedArray<T extends DynamicData & { readonly key?: number | undefined }>(
  before: readonly T[] | undefined,
  updates: readonly Update<T>[] | undefined,
  path: string,
  complete: (info: T, old: T | undefined, at: string) => T = (info, old) => (old ? patch(old, info) : info),
): readonly T[] | undefined {
  if (!updates?.length) return before
  const items = new Map((before ?? []).map((item) => [item.key, item]))
  updates.forEach(({ operation, removeKey, info }, index) => {
    const at = `${path}[${index}]`
    if (operation === 'remove') {
      if (!items.delete(Number(unboxed(removeKey)))) throw badArgument(`${at}.removeKey`)
      return
    }
    if (!info) throw badArgument(`${at}.info`)
    const old = items.get(info.key)
    if ((operation === 'add') === (old !== undefined)) throw badArgument(`${at}.info.key`)
    items.set(info.key, complete(info, old, `${at}.info`))
  })
  return Object.freeze([...items.values()])
}
