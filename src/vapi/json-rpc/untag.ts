/** What JSON-RPC carries is not what it should be: its tags say so. */
export class TagError extends Error {}

/**
 * A tagged value of JSON-RPC as plain JSON: `{"STRUCTURE": {name: fields}}` is an object with its name under `@class`,
 * `{"OPTIONAL": null}` is absent, secrets and bytes are strings, maps are lists of `{key, value}` (rest-wire 1.1). Throws
 * TagError with the path of what has no or unknown tags.
 */
export function untag(value: unknown, path = 'input'): unknown {
  if (value === null || value === undefined) return undefined
  if (Array.isArray(value)) return value.map((item, index) => untag(item, `${path}[${index}]`))
  if (typeof value !== 'object') return value
  const [tagged, ...more] = Object.entries(value)
  if (!tagged || more.length > 0)
    throw new TagError(`'${path}' has ${more.length + (tagged ? 1 : 0)} tags, not one.`)
  const [tag, inner] = tagged
  switch (tag) {
    case 'OPTIONAL':
      return untag(inner, path)
    case 'SECRET':
    case 'BINARY':
      if (typeof inner !== 'string') throw new TagError(`The ${tag} '${path}' is no string.`)
      return inner
    case 'STRUCTURE':
    case 'ERROR':
      return fieldsOf(inner, path)
    default:
      throw new TagError(`'${path}' has the unknown tag '${tag.slice(0, 60)}'.`)
  }
}

function fieldsOf(inner: unknown, path: string): Readonly<Record<string, unknown>> {
  const [named, ...more] = typeof inner === 'object' && inner !== null ? Object.entries(inner) : []
  if (
    !named ||
    more.length > 0 ||
    typeof named[1] !== 'object' ||
    named[1] === null ||
    Array.isArray(named[1])
  )
    throw new TagError(`The structure '${path}' is not {name: fields}.`)
  const [name, fields] = named
  const members: [string, unknown][] =
    name === 'map-entry' || name === 'operation-input' ? [] : [['@class', name]]
  for (const [field, value] of Object.entries(fields as object)) {
    const plain = untag(value, `${path}.${field}`)
    if (plain !== undefined) members.push([field, plain])
  }
  return Object.fromEntries(members)
}
