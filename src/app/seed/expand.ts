/**
 * Repetition and parameters of seed files. A mapping in a list may say `count: 3` (with `from`, default 1, and `as`,
 * default `n`): it stands for that many copies, with the number as a variable, or for none: `if` and `unless` take what is
 * true or not 0, or several of which one is. `${vm}` in a text is a parameter or such a variable, `${n:02}` pads it, `${n+1}` and `${dc - folder}` add and
 * subtract (a minus with spaces around it: names may hold one); a text that is nothing but one becomes its value.
 */
export type Variables = Readonly<Record<string, string | number | boolean>>

/** Where in the file an expanded mapping or list came from. */
export type Origins = Map<object, readonly (string | number)[]>

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
  return templateOf(tree, [], origins)(variables)
}

/** A part of the file, read once for all its copies: 10,000 of them are made of a line. */
type Template = (variables: Variables) => unknown

type At = readonly (string | number)[]

function templateOf(tree: unknown, at: At, origins: Origins): Template {
  if (typeof tree === 'string') return textTemplate(tree, at)
  if (typeof tree !== 'object' || tree === null) return () => tree
  const make = Array.isArray(tree) ? listTemplate(tree, at, origins) : mappingTemplate(tree, at, origins)
  return (variables) => {
    const made = make(variables)
    origins.set(made, at)
    return made
  }
}

function mappingTemplate(tree: object, at: At, origins: Origins): (variables: Variables) => object {
  const varying = Object.entries(tree).flatMap(([key, value]) =>
    isFixed(value) ? [] : [[key, templateOf(value, [...at, key], origins)] as const],
  )
  return (variables) => {
    const result: Record<string, unknown> = { ...tree }
    for (const [key, make] of varying) result[key] = make(variables)
    return result
  }
}

/** Stands for itself: most members of the thousands of copies of an entry. */
function isFixed(value: unknown): boolean {
  return typeof value === 'string' ? !value.includes('${') : typeof value !== 'object' || value === null
}

function listTemplate(
  tree: readonly unknown[],
  at: At,
  origins: Origins,
): (variables: Variables) => unknown[] {
  const items = tree.map((item, i) => itemTemplate(item, [...at, i], origins))
  return (variables) => {
    const list: unknown[] = []
    for (const add of items) add(variables, list)
    return list
  }
}

/** Adds what an item of a list stands for. */
function itemTemplate(
  item: unknown,
  at: At,
  origins: Origins,
): (variables: Variables, list: unknown[]) => void {
  if (typeof item !== 'object' || item === null || !('count' in item)) {
    const make = templateOf(item, at, origins)
    return (variables, list) => {
      list.push(make(variables))
    }
  }
  const {
    count,
    from = 1,
    as = 'n',
    if: wanted = true,
    unless = false,
    ...rest
  } = item as Record<string, unknown>
  const isWanted = templateOf(wanted, [...at, 'if'], origins)
  const isLeft = templateOf(unless, [...at, 'unless'], origins)
  const make = templateOf(rest, at, origins)
  return (variables, list) => {
    if (!isTrue(isWanted(variables)) || isTrue(isLeft(variables))) return
    const number = whole(count, 'count', variables, at)
    const first = whole(from, 'from', variables, at)
    if (typeof as !== 'string')
      throw new SeedMistake(`'as' takes a name, not ${JSON.stringify(as)}.`, [...at, 'as'])
    if (number > MOST_COPIES)
      throw new SeedMistake(`'count' is ${number}; at most ${MOST_COPIES} copies are made.`, [...at, 'count'])
    for (let i = 0; i < number; i++) list.push(make({ ...variables, [as]: first + i }))
  }
}

/** Of a list, one is enough. */
const isTrue = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(isTrue) : value !== false && value !== 0

function whole(value: unknown, name: string, variables: Variables, at: At): number {
  const given = typeof value === 'string' ? textTemplate(value, [...at, name])(variables) : value
  const number = Number(given)
  if (Number.isInteger(number) && number >= 0) return number
  const origin = given === value ? '' : ` (${String(value)})`
  throw new SeedMistake(
    `'${name}' takes a whole number of at least 0, not ${JSON.stringify(given)}${origin}.`,
    [...at, name],
  )
}

const PLACE = /\$\{\s*([\w-]+(?:(?:\s*\+\s*|\s+-\s+)[\w-]+)*)\s*(?::0(\d+))?\s*\}/g

type Scalar = string | number | boolean

function textTemplate(text: string, at: At): (variables: Variables) => Scalar {
  const places = [...text.matchAll(PLACE)]
  const values = places.map(([, sum = '', width]) => valueTemplate(sum, width, at))
  const [value] = values
  if (!value) return () => text
  if (places[0]?.[0] === text) return value
  const between = pieces(text, places)
  return (variables) =>
    between.reduce((before, piece, i) => `${before}${values[i - 1]?.(variables) ?? ''}${piece}`)
}

/** The text around the places in it. */
function pieces(text: string, places: readonly RegExpMatchArray[]): readonly string[] {
  const starts = places.map(({ index = 0 }) => index)
  const ends = places.map(([match], i) => (starts[i] ?? 0) + match.length)
  return [0, ...ends].map((end, i) => text.slice(end, starts[i]))
}

/** A name and what is added to it or taken from it: names and numbers, each with its sign. */
function valueTemplate(sum: string, width: string | undefined, at: At): (variables: Variables) => Scalar {
  const [name = '', ...more] = sum.split(/\s*(\+)\s*|\s+(-)\s+/).filter((part) => part !== undefined)
  const value = (variables: Variables) => {
    const first = named(name, variables, at)
    let total = Number(first)
    for (let i = 0; i + 1 < more.length; i += 2) {
      const term = more[i + 1] ?? ''
      const added = Number(/^\d+$/.test(term) ? term : named(term, variables, at))
      total += more[i] === '-' ? -added : added
    }
    if (more.length === 0) return first
    if (Number.isNaN(total))
      throw new SeedMistake(`'${name}' is ${JSON.stringify(first)}: nothing can be added to it.`, at)
    return total
  }
  return width === undefined ? value : (variables) => String(value(variables)).padStart(Number(width), '0')
}

function named(name: string, variables: Variables, at: At): Scalar {
  const found = Object.hasOwn(variables, name) ? variables[name] : undefined
  if (found !== undefined) return found
  const known = Object.keys(variables).join(', ') || 'none'
  throw new SeedMistake(`There is no parameter or counter '${name}' here (there is: ${known}).`, at)
}
