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
  if (Array.isArray(before) !== Array.isArray(after)) return after
  const old = before as Record<string, unknown>
  const fresh = after as unknown as Record<string, unknown>
  const keys = Object.keys(fresh)
  let same = keys.length === Object.keys(old).length
  let copy: Record<string, unknown> | undefined
  for (const key of keys) {
    const kept = reuse(old[key], fresh[key])
    if (kept !== fresh[key]) {
      copy ??= (Array.isArray(after) ? [...after] : { ...fresh }) as Record<string, unknown>
      copy[key] = kept
    }
    if (same && (!Object.hasOwn(old, key) || !Object.is(kept, old[key]))) same = false
  }
  if (same) return before as T
  return copy ? (Object.freeze(copy) as T) : after
}
