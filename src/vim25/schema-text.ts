import { indexLines, words } from '#text/line-index.js'
import { SCHEMA } from './generated/schema-data.js'
import type { Property, TypeKind } from './schema-types.js'

const KINDS: Readonly<Record<string, TypeKind>> = { D: 'data', E: 'enum', T: 'managed' }

const LINES = indexLines(SCHEMA, KINDS)

export const INDEX: {
  readonly versions: readonly string[]
  readonly starts: Readonly<Record<TypeKind, ReadonlyMap<string, number>>>
} = { versions: words(LINES.columns(0)[1]), starts: LINES.starts }

/** Columns of a type's line, the line's letter first; undefined for an unknown name. */
export const typeColumns = LINES.line

/** Columns of each method that the managed type itself declares. */
export function methodColumns(name: string): readonly (readonly string[])[] {
  const start = INDEX.starts.managed.get(name)
  const result: (readonly string[])[] = []
  if (start === undefined) return result
  for (let at = LINES.next(start); SCHEMA.charAt(at) === 'M'; at = LINES.next(at))
    result.push(LINES.columns(at))
  return result
}

const FIELD = /^(\w+):(\w+)(\[\])?(\?)?(&)?(!)?(?:@(\d+))?(?:#(.+))?$/

function kindOf(type: string): Property['kind'] {
  if (type === 'Any') return 'any'
  if (INDEX.starts.data.has(type)) return 'data'
  if (INDEX.starts.enum.has(type)) return 'enum'
  return type === 'ManagedObject' || INDEX.starts.managed.has(type) ? 'reference' : 'primitive'
}

/** Reads one field as scripts/generate/emit-schema.ts writes it. */
export function parseField(text: string, ownerSince: number): Property {
  const [, name, type, array, optional, link, secret, since, privilege] = FIELD.exec(text) ?? []
  if (name === undefined || type === undefined) throw new Error(`The schema holds a broken field: ${text}`)
  return {
    name,
    type,
    kind: kindOf(type),
    array: array !== undefined,
    optional: optional !== undefined,
    link: link !== undefined,
    secret: secret !== undefined,
    since: since === undefined ? ownerSince : Number(since),
    ...(privilege === undefined ? {} : { privilege }),
  }
}
