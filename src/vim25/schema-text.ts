import { SCHEMA } from './generated/schema-data.js'
import type { Property, TypeKind } from './schema-types.js'

/** Where the lines of the generated schema begin; nothing but the names is read at load. */
interface Index {
  readonly versions: readonly string[]
  readonly starts: Readonly<Record<TypeKind, ReadonlyMap<string, number>>>
}

const KINDS: Readonly<Record<string, TypeKind>> = { D: 'data', E: 'enum', T: 'managed' }

function buildIndex(): Index {
  const starts = {
    data: new Map<string, number>(),
    enum: new Map<string, number>(),
    managed: new Map<string, number>(),
  }
  for (let at = 0; at >= 0 && at < SCHEMA.length; at = nextLine(at)) {
    const kind = KINDS[SCHEMA.charAt(at)]
    if (kind) starts[kind].set(SCHEMA.slice(at + 2, SCHEMA.indexOf('\t', at + 2)), at)
  }
  return { versions: (columns(0)[1] ?? '').split(' '), starts }
}

function nextLine(at: number): number {
  const end = SCHEMA.indexOf('\n', at)
  return end < 0 ? SCHEMA.length : end + 1
}

function columns(at: number): readonly string[] {
  const end = SCHEMA.indexOf('\n', at)
  return SCHEMA.slice(at, end < 0 ? SCHEMA.length : end).split('\t')
}

export const INDEX = buildIndex()

/** Columns of a type's line, the line's letter first; undefined for an unknown name. */
export function typeColumns(kind: TypeKind, name: string): readonly string[] | undefined {
  const start = INDEX.starts[kind].get(name)
  return start === undefined ? undefined : columns(start)
}

/** Columns of each method that the managed type itself declares. */
export function methodColumns(name: string): readonly (readonly string[])[] {
  const start = INDEX.starts.managed.get(name)
  const result: (readonly string[])[] = []
  if (start === undefined) return result
  for (let at = nextLine(start); SCHEMA.charAt(at) === 'M'; at = nextLine(at)) result.push(columns(at))
  return result
}

export const words = (text: string | undefined): readonly string[] => (text ? text.split(' ') : [])

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
