/**
 * The difference between two frozen plain values, found by identity: subtrees that both share are not looked at. What
 * is equal without being the same object is at worst written again.
 */
export type Delta =
  /** Another value altogether. */
  | { readonly v: unknown }
  /** The same object with other members; `k` has the names in their new order if that changed. */
  | { readonly k?: readonly string[]; readonly d: Readonly<Record<string, Delta>> }
  /** The same array with other elements at some places. */
  | { readonly i: readonly (readonly [number, Delta])[] }
  /** The same array with `m` in place of all but the first `p` and the last `s` elements. */
  | { readonly p: number; readonly s: number; readonly m: readonly unknown[] }

/** What makes `after` of `before`; undefined when nothing changed. */
export function deltaOf(before: unknown, after: unknown): Delta | undefined {
  if (Object.is(before, after)) return undefined
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null)
    return { v: after }
  if (Array.isArray(before)) return Array.isArray(after) ? arrayDelta(before, after) : { v: after }
  if (Array.isArray(after)) return { v: after }
  return objectDelta(before as Members, after as Members)
}

/** The value that `deltaOf` saw as `after`, frozen. Throws when `before` cannot be the value that it saw. */
export function applyDelta(before: unknown, delta: Delta): unknown {
  if ('v' in delta) return delta.v
  if (typeof before !== 'object' || before === null || Array.isArray(before) !== !('d' in delta))
    throw new TypeError('A change does not fit the value that it is for.')
  if ('d' in delta) return applyToObject(before as Members, delta)
  const array = before as readonly unknown[]
  if ('i' in delta) {
    const copy = [...array]
    for (const [at, change] of delta.i) copy[at] = applyDelta(copy[at], change)
    return Object.freeze(copy)
  }
  return Object.freeze([...array.slice(0, delta.p), ...delta.m, ...array.slice(array.length - delta.s)])
}

type Members = Readonly<Record<string, unknown>>

function objectDelta(before: Members, after: Members): Delta | undefined {
  if (before._typeName !== after._typeName) return { v: after }
  const old = namesOf(before)
  const names = namesOf(after)
  const reordered = names.length !== old.length || names.some((name, at) => name !== old[at])
  const d: Record<string, Delta> = {}
  for (const name of names) {
    if (name === '__proto__') return { v: after }
    const change = Object.hasOwn(before, name) ? deltaOf(before[name], after[name]) : { v: after[name] }
    if (change) d[name] = change
  }
  if (reordered) return { k: names, d }
  return Object.keys(d).length > 0 ? { d } : undefined
}

const namesOf = (value: Members) => Object.keys(value).filter((name) => value[name] !== undefined)

function applyToObject(before: Members, { k, d }: Extract<Delta, { d: unknown }>): object {
  const after: Record<string, unknown> = {}
  for (const name of k ?? namesOf(before)) {
    const change = Object.hasOwn(d, name) ? d[name] : undefined
    after[name] = change ? applyDelta(before[name], change) : before[name]
  }
  return Object.freeze(after)
}

function arrayDelta(before: readonly unknown[], after: readonly unknown[]): Delta | undefined {
  const shorter = Math.min(before.length, after.length)
  let p = 0
  while (p < shorter && Object.is(before[p], after[p])) p++
  let s = 0
  while (s < shorter - p && Object.is(before[before.length - 1 - s], after[after.length - 1 - s])) s++
  if (before.length !== after.length) return { p, s, m: after.slice(p, after.length - s) }
  const i: [number, Delta][] = []
  for (let at = p; at < after.length - s; at++) {
    const change = deltaOf(before[at], after[at])
    if (change) i.push([at, change])
  }
  return i.length > 0 ? { i } : undefined
}
