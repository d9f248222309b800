import { deepEqual } from '#inventory/equal.js'
import { type Inventory, recomputed } from '#inventory/inventory.js'
import type { Root } from '#inventory/root.js'

/** Where the state, as its commits have derived it, differs from what derived from scratch would be; empty: nowhere. */
export function derivedOtherwise({ root, model }: Pick<Inventory, 'root' | 'model'>): readonly string[] {
  const fresh = recomputed(root, model)
  const objects = [...root.entities.values()].flatMap(({ id, type, value }) =>
    differences(value, fresh.entities.get(id)?.value, `${type} ${id}`),
  )
  return [...objects, ...differences(totals(root), totals(fresh), 'sums')]
}

const totals = ({ sums }: Root) =>
  sums
    .filter(({ size }) => size > 0)
    .map((each) => Object.fromEntries(each))
    .toObject()

function differences(kept: unknown, fresh: unknown, at: string): readonly string[] {
  if (deepEqual(kept, fresh)) return []
  if (typeof kept !== 'object' || typeof fresh !== 'object' || kept === null || fresh === null)
    return [`${at}: ${short(kept)}, from scratch ${short(fresh)}`]
  const names = new Set([...Object.keys(kept), ...Object.keys(fresh)])
  const member = (of: object, name: string) => (of as Record<string, unknown>)[name]
  return [...names].flatMap((name) => differences(member(kept, name), member(fresh, name), `${at}.${name}`))
}

function short(value: unknown): string {
  const text =
    JSON.stringify(value, (_key, each) => (typeof each === 'bigint' ? String(each) : each)) ?? 'absent'
  return text.length > 120 ? `${text.slice(0, 120)} ...` : text
}
