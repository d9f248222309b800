import { getIn, type Path, path } from './path.js'
import type { Sum } from './sums.js'

/**
 * A secondary index over source properties, kept by every transaction: key -> ids. Keys are computed from one
 * object's value alone; declare every path that `keys` looks at, so that unrelated changes cost nothing.
 */
export interface Index {
  readonly name: string
  /** Managed type (subtypes included) or record kind. */
  readonly type: string
  readonly inputs: readonly Path[]
  /** The keys under which the object is found; none to leave it out. */
  keys(value: object, id: string): readonly string[]
}

/** What is kept beside the objects. */
export type Kept = Index | Sum

export const isSum = (kept: Kept): kept is Sum => 'amounts' in kept

export function index<T extends object>(definition: {
  name: string
  type: string
  inputs: readonly string[]
  keys: (value: T, id: string) => readonly (string | undefined)[]
}): Index {
  return Object.freeze({
    name: definition.name,
    type: definition.type,
    inputs: definition.inputs.map(path),
    keys: (value: object, id: string) => {
      const keys = definition.keys(value as T, id)
      return keys.every(isKey) ? keys : keys.filter(isKey)
    },
  })
}

const isKey = (key: string | undefined): key is string => key !== undefined && key !== ''

/** True when one of the paths that the index looks at differs between the two values. */
export function touches(
  inputs: readonly Path[],
  before: object | undefined,
  after: object | undefined,
): boolean {
  if (before === undefined || after === undefined) return true
  return inputs.some((input) => !Object.is(getIn(before, input), getIn(after, input)))
}
