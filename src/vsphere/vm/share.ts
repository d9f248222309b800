/** How many different values are remembered; a process with more forgets them all and starts again. */
const MOST = 20_000

const seen = new Map<string, object>()

/**
 * The first value that looked like this one: equal states of many VMs are one object, in memory and in the encoders'
 * caches. Only for small frozen values that many objects have in common.
 */
export function share<T extends object>(value: T): T {
  const text = textOf(value)
  if (text === undefined) return value
  const known = seen.get(text)
  if (known) return known as T
  if (seen.size >= MOST) seen.clear()
  seen.set(text, value)
  return value
}

/** Undefined for what JSON cannot say: numbers beyond 2^53. */
function textOf(value: object): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}

/** Remembers what `make` makes under a key that says everything it depends on; bounded like `share`. */
export function memo<T extends object>(): (key: string, make: () => T) => T {
  const known = new Map<string, T>()
  return (key, make) => {
    let value = known.get(key)
    if (!value) {
      value = make()
      if (known.size >= MOST) known.clear()
      known.set(key, value)
    }
    return value
  }
}
