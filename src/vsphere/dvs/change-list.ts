import { fault } from '#vim25/fault.js'

/** Pure: a list after operations of a specification (`add`, `edit`, `remove`) on the entries that share a key. */
export function changedList<T>(
  list: readonly T[],
  changes: readonly { readonly operation: string; readonly entry: T }[],
  key: (entry: T) => string,
  where: string,
): readonly T[] {
  const result = new Map(list.map((entry) => [key(entry), entry]))
  for (const { operation, entry } of changes) {
    const known = result.has(key(entry))
    if (operation === 'add' ? known : !known) throw fault('InvalidArgument', { invalidProperty: where })
    if (operation === 'remove') result.delete(key(entry))
    else if (operation === 'add' || operation === 'edit') result.set(key(entry), entry)
    else throw fault('InvalidArgument', { invalidProperty: `${where}.operation` })
  }
  return Object.freeze([...result.values()])
}
