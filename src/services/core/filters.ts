/**
 * One property of a list's filter: unset or empty, anything goes; else one of its values must be the object's. Operations
 * join the properties of a filter with `&&` (rest-wire 2.3: AND across, OR within).
 */
export function among<T>(allowed: readonly T[] | undefined, value: () => T | undefined): boolean {
  if (!isSet(allowed)) return true
  const found = value()
  return found !== undefined && allowed.includes(found)
}

/** True for a filter's property that narrows anything. */
export function isSet<T>(allowed: readonly T[] | undefined): allowed is readonly T[] {
  return allowed !== undefined && allowed.length > 0
}
