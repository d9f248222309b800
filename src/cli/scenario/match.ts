/** Names kept by a scenario, with their values. */
export type Kept = Map<string, unknown>

/**
 * Where an answer lacks what is expected of it; undefined when it has all of it. Where nothing is expected anything will do. Objects may have more members, arrays
 * must have as many elements; `$name` keeps the value that stands there, `/text/` is a regular expression.
 */
export function mismatch(expected: unknown, actual: unknown, kept: Kept, at = 'answer'): string | undefined {
  if (expected === undefined) return undefined
  if (typeof expected === 'string') {
    const name = /^\$(\w+)$/.exec(expected)?.[1]
    if (name !== undefined) {
      if (actual === undefined) return `${at} is not there`
      kept.set(name, actual)
      return undefined
    }
    const pattern = /^\/(.+)\/$/.exec(expected)?.[1]
    if (pattern !== undefined)
      return typeof actual === 'string' && new RegExp(pattern).test(actual)
        ? undefined
        : different(at, expected, actual)
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return different(at, expected, actual)
    if (actual.length !== expected.length)
      return `${at} has ${actual.length} elements, not ${expected.length}: ${show(actual)}`
    return first(expected.map((item, i) => mismatch(item, actual[i], kept, `${at}[${i}]`)))
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null) return different(at, expected, actual)
    return first(
      Object.entries(expected).map(([key, value]) =>
        mismatch(value, (actual as Record<string, unknown>)[key], kept, `${at}.${key}`),
      ),
    )
  }
  return Object.is(expected, actual) ? undefined : different(at, expected, actual)
}

const first = (found: readonly (string | undefined)[]) => found.find((each) => each !== undefined)

function different(at: string, expected: unknown, actual: unknown): string {
  return `${at} is ${show(actual)}, not ${show(expected)}`
}

export function show(value: unknown): string {
  const text = value === undefined ? 'absent' : JSON.stringify(value)
  return text.length > 600 ? `${text.slice(0, 600)} ...` : text
}

/** A body with every `$name` replaced by what was kept. Throws for a name that nothing was kept under. */
export function fill(body: unknown, kept: Kept): unknown {
  if (typeof body === 'string') {
    const name = /^\$(\w+)$/.exec(body)?.[1]
    return name === undefined ? fillText(body, kept) : need(name, kept)
  }
  if (Array.isArray(body)) return body.map((item) => fill(item, kept))
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, fill(value, kept)]))
}

/** A text with every `${name}` replaced; of a reference its id. */
export function fillText(text: string, kept: Kept): string {
  return text.replace(/\$\{(\w+)\}/g, (_match, name: string) => {
    const value = need(name, kept)
    return typeof value === 'object' && value !== null && 'value' in value
      ? String(value.value)
      : String(value)
  })
}

function need(name: string, kept: Kept): unknown {
  if (!kept.has(name)) throw new Error(`Nothing was kept under the name '${name}'.`)
  return kept.get(name)
}
