import { isMoRef } from './entity.js'

/** Deep equality of plain frozen values (no cycles, no prototypes). */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false
    for (let i = 0; i < a.length; i++) if (!deepEqual(a[i], b[i])) return false
    return true
  }
  if (Array.isArray(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  for (const key of keys) {
    if (!Object.hasOwn(b, key)) return false
    if (!deepEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key])) return false
  }
  return true
}

/**
 * `after`, but with every subtree that equals its counterpart in `before` replaced by that counterpart, so that what
 * did not change stays shared (and is neither notified nor encoded again).
 */
export function reuse<T>(before: unknown, after: T): T {
  if (Object.is(before, after)) return after
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null)
    return after
  if (Array.isArray(after)) return Array.isArray(before) ? (reuseItems(before, after) as T) : after
  if (Array.isArray(before)) return after
  const old = before as Record<string, unknown>
  const fresh = after as unknown as Record<string, unknown>
  if (isMoRef(before) && isMoRef(after))
    return before.value === after.value && before.type === after.type ? (before as T) : after
  const keys = Object.keys(fresh)
  let same = keys.length === Object.keys(old).length
  let copy: Record<string, unknown> | undefined
  for (const key of keys) {
    const kept = reuse(old[key], fresh[key])
    if (kept !== fresh[key]) {
      copy ??= { ...fresh }
      copy[key] = kept
    }
    if (same && (!Object.hasOwn(old, key) || !Object.is(kept, old[key]))) same = false
  }
  if (same) return before as T
  return copy ? (Object.freeze(copy) as T) : after
}

function reuseItems(old: readonly unknown[], fresh: readonly unknown[]): readonly unknown[] {
  let same = fresh.length === old.length
  let copy: unknown[] | undefined
  for (let at = 0; at < fresh.length; at++) {
    const kept = reuse(old[at], fresh[at])
    if (kept !== fresh[at]) {
      copy ??= [...fresh]
      copy[at] = kept
    }
    if (same && !Object.is(kept, old[at])) same = false
  }
  if (same) return old
  return copy ? Object.freeze(copy) : fresh
}
