/**
 * Repetition and parameters of seed files. A mapping in a list may say `count: 3` (with `from`, default 1, and `as`,
 * default `n`): it stands for that many copies, with the number as a variable. `${vm}` in a text is a parameter or such a
 * variable, `${n:02}` pads it, `${n+1}` adds to it; a text that is nothing but one becomes its value.
 */
export type Variables = Readonly<Record<string, string | number | boolean>>

/** Where in the file an expanded mapping or list came from. */
export type Origins = WeakMap<object, readonly (string | number)[]>

/** A seed that says something impossible; `at` is the place in the file. */
export class SeedMistake extends Error {
  constructor(
    message: string,
    readonly at: readonly (string | number)[],
  ) {
    super(message)
    this.name = 'SeedMistake'
  }
}

/** One file could otherwise ask for more objects than fit in memory. */
const MOST_COPIES = 1_000_000

export function expand(tree: unknown, variables: Variables, origins: Origins): unknown {
  return expandAt(tree, variables, origins, [])
}

function expandAt(
  tree: unknown,
  variables: Variables,
  origins: Origins,
  at: readonly (string | number)[],
): unknown {
  if (typeof tree === 'string') return substitute(tree, variables, at)
  if (Array.isArray(tree)) {
    const list = tree.flatMap((item, i) => copies(item, variables, origins, [...at, i]))
    origins.set(list, at)
    return list
  }
  if (typeof tree !== 'object' || tree === null) return tree
  const result: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(tree))
    result[key] = isFixed(value) ? value : expandAt(value, variables, origins, [...at, key])
  origins.set(result, at)
  return result
}

/** Stands for itself: most members of the thousands of copies of an entry. */
function isFixed(value: unknown): boolean {
  return typeof value === 'string' ? !value.includes('${') : typeof value !== 'object' || value === null
}

function copies(
  item: unknown,
  variables: Variables,
  origins: Origins,
  at: readonly (string | number)[],
): unknown[] {
  if (typeof item !== 'object' || item === null || !('count' in item))
    return [expandAt(item, variables, origins, at)]
  const { count, from = 1, as = 'n', ...rest } = item as Record<string, unknown>
  const number = whole(count, 'count', variables, at)
  const first = whole(from, 'from', variables, at)
  if (typeof as !== 'string')
    throw new SeedMistake(`'as' takes a name, not ${JSON.stringify(as)}.`, [...at, 'as'])
  if (number > MOST_COPIES)
    throw new SeedMistake(`'count' is ${number}; at most ${MOST_COPIES} copies are made.`, [...at, 'count'])
  return Array.from({ length: number }, (_, i) =>
    expandAt(rest, { ...variables, [as]: first + i }, origins, at),
  )
}

function whole(value: unknown, name: string, variables: Variables, at: readonly (string | number)[]): number {
  const given = typeof value === 'string' ? substitute(value, variables, [...at, name]) : value
  const number = Number(given)
  if (Number.isInteger(number) && number >= 0) return number
  const origin = given === value ? '' : ` (${String(value)})`
  throw new SeedMistake(
    `'${name}' takes a whole number of at least 0, not ${JSON.stringify(given)}${origin}.`,
    [...at, name],
  )
}

const PLACE_ALONE = /^\$\{\s*([\w-]+)\s*(?:\+\s*(\d+))?\s*(?::0(\d+))?\s*\}$/
const PLACE = /\$\{\s*([\w-]+)\s*(?:\+\s*(\d+))?\s*(?::0(\d+))?\s*\}/g

function substitute(
  text: string,
  variables: Variables,
  at: readonly (string | number)[],
): string | number | boolean {
  if (!text.includes('${')) return text
  const value = (name: string, plus: string | undefined, width: string | undefined) => {
    const found = Object.hasOwn(variables, name) ? variables[name] : undefined
    if (found === undefined) {
      const known = Object.keys(variables).join(', ') || 'none'
      throw new SeedMistake(`There is no parameter or counter '${name}' here (there is: ${known}).`, at)
    }
    const sum = plus === undefined ? found : Number(found) + Number(plus)
    if (Number.isNaN(sum))
      throw new SeedMistake(`'${name}' is ${JSON.stringify(found)}: nothing can be added to it.`, at)
    return width === undefined ? sum : String(sum).padStart(Number(width), '0')
  }
  const whole = PLACE_ALONE.exec(text)
  if (whole) return value(whole[1] as string, whole[2], whole[3])
  return text.replace(PLACE, (_match, name: string, plus?: string, width?: string) =>
    String(value(name, plus, width)),
  )
}
