/** The Automation API's definitions as extract.py prints them. */

export type RawType =
  | string
  | ['structure' | 'enum', name: string]
  | ['dynamic', fieldsOf: readonly string[]]
  | ['id', resources: readonly string[], typeField: string | null]
  | ['optional' | 'list' | 'set', of: RawType]
  | ['map', key: RawType, value: RawType]

export interface RawHistory {
  readonly since: string | null
  readonly deprecated: string | null
}

export interface RawField extends RawHistory {
  readonly name: string
  readonly type: RawType
}

export type RawUnion = [
  discriminant: string,
  cases: readonly [value: string, fields: readonly [field: string, required: boolean][]][],
]

export interface RawStructure extends RawHistory {
  readonly name: string
  readonly error: boolean
  readonly model: boolean
  readonly keys: readonly string[]
  readonly fields: readonly RawField[]
  readonly unions: readonly RawUnion[]
}

export interface RawEnumeration extends RawHistory {
  readonly name: string
  readonly values: readonly (RawHistory & { readonly name: string })[]
}

export interface RawRest {
  readonly method: string
  readonly path: string
  readonly task: boolean
  readonly query: readonly [name: string, parameter: string][]
  readonly headers: readonly [name: string, parameter: string][]
  readonly body: string | null
  readonly classic: boolean
}

export interface RawOperation extends RawHistory {
  readonly id: string
  readonly input: readonly RawField[]
  readonly unions: readonly RawUnion[]
  readonly output: RawType
  readonly taskResult: RawType | null
  readonly errors: readonly string[]
  readonly privileges: readonly {
    readonly privilege: string
    readonly resource: string | null
    readonly by: string | null
  }[]
  readonly rest: RawRest | null
}

export interface RawService extends RawHistory {
  readonly id: string
  readonly operations: readonly RawOperation[]
}

export interface Definitions {
  readonly services: readonly RawService[]
  readonly structures: readonly RawStructure[]
  readonly enumerations: readonly RawEnumeration[]
}

const byKey = <T>(key: (item: T) => string) => {
  return (a: T, b: T) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0)
}

/** In an order of their own, whatever the order in which the files were read; refuses what has two meanings. */
export function ordered({ services, structures, enumerations }: Definitions): Definitions {
  const names = [...structures, ...enumerations].map(({ name }) => name)
  const twice = names.filter((name, at) => names.indexOf(name) !== at)
  if (twice.length > 0) throw new Error(`two types have the same name: ${twice.join(', ')}`)
  return {
    services: [...services].sort(byKey(({ id }) => id)),
    structures: [...structures].sort(byKey(({ name }) => name)),
    enumerations: [...enumerations].sort(byKey(({ name }) => name)),
  }
}
