import { enumeration, structure } from './schema.js'
import type { Enumeration, Structure } from './types.js'

/** What the definitions themselves name is there; a name without a definition is a mistake in generated/. */
export const known = {
  structure: (name: string): Structure => found(structure(name), name),
  enumeration: (name: string): Enumeration => found(enumeration(name), name),
} as const

function found<T>(definition: T | undefined, name: string): T {
  if (definition === undefined) throw new Error(`The Automation API's language has no '${name}'.`)
  return definition
}
