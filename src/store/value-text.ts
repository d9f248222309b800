/**
 * State as JSON text, exactly: numbers beyond 2^53 (bigint), numbers that JSON does not have, and values that occur
 * more than once, which are written once.
 *
 *     {"$": 12}             the value at place 12 of the table of shared values
 *     {"$": "9223372036854775807"}   a bigint
 *     {"$": ["NaN"]}        a number that JSON does not have
 *     {"$": {...}}          an object that has a member called $ itself
 */

/** Finds the place of a value in the table of shared values; undefined for a value that is not in it. */
export type PlaceOf = (value: object) => number | undefined

const nowhere: PlaceOf = () => undefined

/** The JSON text of a plain value: data, no functions, no class instances; members that are undefined are left out. */
export function encode(value: unknown, placeOf: PlaceOf = nowhere): string {
  if (typeof value === 'object' && value !== null) {
    const place = placeOf(value)
    return place === undefined ? encodeWhole(value, placeOf) : `{"$":${place}}`
  }
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value)
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? String(value) : `{"$":["${spell(value)}"]}`
    case 'boolean':
      return value ? 'true' : 'false'
    case 'bigint':
      return `{"$":"${value}"}`
    case 'object':
    case 'undefined':
      return 'null'
    default:
      throw new TypeError(`State is plain data; there is a ${typeof value} in it.`)
  }
}

/** Like `encode`, for the value itself even if it is in the table. */
export function encodeWhole(value: object, placeOf: PlaceOf = nowhere): string {
  if (Array.isArray(value)) {
    let text = '['
    for (let i = 0; i < value.length; i++) text += (i ? ',' : '') + encode(value[i], placeOf)
    return `${text}]`
  }
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError(`State is plain data; there is a ${value.constructor?.name} in it.`)
  let text = ''
  for (const name of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[name]
    if (member !== undefined) text += `${text ? ',' : ''}${JSON.stringify(name)}:${encode(member, placeOf)}`
  }
  return Object.hasOwn(value, '$') ? `{"$":{${text}}}` : `{${text}}`
}

/**
 * The value of parsed JSON text, frozen. `parsed` is used up: it becomes the result. Throws for what `encode` does
 * not write.
 */
export function decode(parsed: unknown, shared: readonly unknown[] = []): unknown {
  if (typeof parsed !== 'object' || parsed === null) return parsed
  if (Array.isArray(parsed)) {
    for (let i = 0; i < parsed.length; i++) {
      const element = parsed[i]
      if (typeof element === 'object') parsed[i] = decode(element, shared)
    }
    return Object.freeze(parsed)
  }
  if (Object.hasOwn(parsed, '$')) return decodeSpecial((parsed as { $: unknown }).$, shared)
  return decodeMembers(parsed, shared)
}

function decodeMembers(parsed: object, shared: readonly unknown[]): object {
  const members = parsed as Record<string, unknown>
  for (const name of Object.keys(members)) {
    const member = members[name]
    if (typeof member === 'object') members[name] = decode(member, shared)
  }
  return Object.freeze(members)
}

function decodeSpecial(special: unknown, shared: readonly unknown[]): unknown {
  if (typeof special === 'number' && special in shared) return shared[special]
  if (typeof special === 'string') return BigInt(special)
  if (Array.isArray(special)) return Number(special[0])
  if (typeof special === 'object' && special !== null) return decodeMembers(special, shared)
  throw new TypeError('A reference points at nothing.')
}

const spell = (value: number) => (Object.is(value, -0) ? '-0' : String(value))
