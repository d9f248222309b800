import { words } from '#text/line-index.js'
import { INDEX, methodColumns, parseField, typeColumns } from './schema-text.js'
import type { DataType, EnumType, ManagedType, Method, Property, TypeKind } from './schema-types.js'

export type { DataType, EnumType, ManagedType, Method, Property, TypeKind } from './schema-types.js'

/** Public vim25 release numbers, oldest first; every `since` is an index into it. */
export const VERSIONS: readonly string[] = INDEX.versions

const versionIndexes: ReadonlyMap<string, number> = new Map(
  VERSIONS.map((release, index) => [release, index]),
)

/** Releases that clients name and the type tables do not: they added nothing to the one before (rest-wire 3.1). */
export const UNCHANGED_RELEASES: Readonly<Record<string, string>> = { '7.0.0.1': '7.0.0.0' }

/** Index of a release number (`8.0.3.0`) in VERSIONS; undefined for one that does not exist. */
export function versionIndex(release: string): number | undefined {
  return versionIndexes.get(UNCHANGED_RELEASES[release] ?? release)
}

/** Remembers what `make` makes of a name; an unknown name is not remembered, clients may send any. */
function lazily<T>(make: (name: string) => T | undefined): (name: string) => T | undefined {
  const known = new Map<string, T>()
  return (name) => {
    const found = known.get(name)
    if (found !== undefined) return found
    const made = make(name)
    if (made !== undefined) known.set(name, made)
    return made
  }
}

const fields = (text: string | undefined, since: number) =>
  words(text).map((field) => parseField(field, since))

const mapByName = <T extends { readonly name: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.name, item]))

/** A data type of its columns, or that part of a managed type. */
function structure(row: readonly string[], baseType: (name: string) => DataType | undefined): DataType {
  const [, name = '', vmodl = '', base, sinceText, columns] = row
  const since = Number(sinceText)
  const own = fields(columns, since)
  const properties = [...((base && baseType(base)?.properties) || []), ...own]
  return { name, vmodl, base: base || undefined, since, own, properties, byName: mapByName(properties) }
}

/** A structure by WSDL name; undefined if it is not a data type. */
export const dataType: (name: string) => DataType | undefined = lazily((name) => {
  const row = typeColumns('data', name)
  return row && structure(row, dataType)
})

/** An enumeration by WSDL name; undefined if it is not one. */
export const enumType: (name: string) => EnumType | undefined = lazily((name) => {
  const row = typeColumns('enum', name)
  if (!row) return undefined
  const since = Number(row[3])
  const listed = new Map(
    words(row[4]).map((text) => {
      const [value = '', from] = text.split('@')
      return [value, from === undefined ? since : Number(from)] as const
    }),
  )
  return {
    name,
    vmodl: row[2] ?? '',
    since,
    values: [...listed.keys()],
    sinceOf: (value) => listed.get(value),
  }
})

function parseMethod(row: readonly string[], owner: string): Method {
  const [, name = '', vmodl = '', sinceText, privilege, params, result, taskResult, faults] = row
  const since = Number(sinceText)
  const value = (text: string | undefined): Property | undefined =>
    text ? parseField(text, since) : undefined
  return {
    name,
    vmodl,
    owner,
    since,
    params: fields(params, since),
    result: value(result),
    isTask: name.endsWith('_Task'),
    taskResult: value(taskResult),
    privilege: privilege || undefined,
    faults: words(faults),
  }
}

/** A managed type by WSDL name; undefined for others and for the abstract root ManagedObject. */
export const managedType: (name: string) => ManagedType | undefined = lazily((name) => {
  const row = typeColumns('managed', name)
  if (!row) return undefined
  const shape = structure(row, managedType)
  const inherited = shape.base === undefined ? undefined : managedType(shape.base)?.methods
  const own = methodColumns(name).map((method) => parseMethod(method, name))
  return { ...shape, methods: new Map([...(inherited ?? []), ...mapByName(own)]) }
})

const baseOf = (name: string) => (typeColumns('data', name) ?? typeColumns('managed', name))?.[3] || undefined

/** Names of the type and of all its bases, nearest first; empty for an unknown name. */
const lineage = lazily((name: string): ReadonlySet<string> | undefined => {
  if (name === 'ManagedObject') return new Set([name])
  const managed = INDEX.starts.managed.has(name)
  if (!managed && !INDEX.starts.data.has(name)) return undefined
  const base = baseOf(name)
  const above = base ? lineage(base) : managed ? lineage('ManagedObject') : []
  return new Set([name, ...(above ?? [])])
})

/**
 * Whether the data or managed type `name` is `base` or inherits from it. Every managed type is a
 * ManagedObject.
 */
export function isA(name: string, base: string): boolean {
  return lineage(name)?.has(base) ?? false
}

/** The data or managed type `base` and all that inherit from it, sorted; empty for an unknown name. */
export const subtypesOf: (base: string) => readonly string[] = (base) => subtypes(base) ?? []

const subtypes = lazily((base: string): readonly string[] | undefined => {
  if (!lineage(base)) return undefined
  const all = base === 'ManagedObject' || INDEX.starts.managed.has(base) ? 'managed' : 'data'
  return typeNames(all).filter((name) => isA(name, base))
})

/** WSDL names of all types of a kind, sorted. */
export function typeNames(kind: TypeKind): readonly string[] {
  return names[kind]
}

const names: Readonly<Record<TypeKind, readonly string[]>> = {
  data: [...INDEX.starts.data.keys()],
  enum: [...INDEX.starts.enum.keys()],
  managed: [...INDEX.starts.managed.keys()],
}
