/** Dotted property paths (`runtime.host`) through frozen values: what derivations and indexes declare as inputs. */
export type Path = readonly string[]

export function path(text: string): Path {
  return Object.freeze(text.split('.'))
}

export function getIn(value: unknown, at: Path): unknown {
  let here = value
  for (const step of at) {
    if (here === undefined || here === null) return undefined
    here = (here as Record<string, unknown>)[step]
  }
  return here
}

/** True when a change below one of the two paths is a change below the other. */
export function overlaps(a: Path, b: Path): boolean {
  const shorter = Math.min(a.length, b.length)
  for (let i = 0; i < shorter; i++) if (a[i] !== b[i]) return false
  return true
}
