import type { Definitions, RawField, RawOperation, RawType } from './definitions.js'

const PREFIX = 'com.vmware.'
const STD_ERRORS = `${PREFIX}vapi.std.errors.`

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

/** `com.vmware.vcenter.VM.create_spec` -> `VcenterVMCreateSpec`, as the published schemas are named. */
const typeName = (canonical: string, separator = '') =>
  canonical
    .slice(PREFIX.length)
    .split('.')
    .map((part) => part.split('_').map(capitalised).join(''))
    .join(separator)

type Names = (canonical: string) => string

/** Where two would share a name (`a.b.c` and `a.b_c`), both show where the dots are. */
function typeNames({ structures: all, enumerations: enums }: Definitions): Names {
  const canonical = [...all, ...enums].map(({ name }) => name)
  const counts = new Map<string, number>()
  for (const name of canonical) counts.set(typeName(name), (counts.get(typeName(name)) ?? 0) + 1)
  return (name) => typeName(name, (counts.get(typeName(name)) ?? 0) > 1 ? '_' : '')
}

/** `com.vmware.esx.settings.…` -> `esx`: one file for each. */
const area = (canonical: string) => canonical.slice(PREFIX.length).split('.')[0] ?? ''

const PRELUDE = `/** A structure that names itself. */
export interface DynamicStructure {
  readonly '@class'?: string
  readonly [field: string]: unknown
}
`

const SCALARS: Readonly<Record<string, string>> = {
  void: 'void',
  boolean: 'boolean',
  long: 'number',
  double: 'number',
  opaque: 'unknown',
}

/** What the text of a file needs from the other files of types. */
interface Imports {
  readonly name: Names
  use(file: string, name: string): string
  text(self: string): string
}

function newImports(name: Names): Imports {
  const byFile = new Map<string, Set<string>>()
  return {
    name,
    use(file, name) {
      byFile.set(file, (byFile.get(file) ?? new Set()).add(name))
      return name
    },
    text: (self) =>
      [...byFile]
        .filter(([file]) => file !== self)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([file, names]) => {
          const list = [...names].sort().map((name) => `  ${name},\n`)
          return `import type {\n${list.join('')}} from './${file}.js'\n`
        })
        .join(''),
  }
}

function value(type: RawType, imports: Imports): string {
  if (typeof type === 'string') {
    return type === 'anyError' ? imports.use('dynamic', 'DynamicStructure') : (SCALARS[type] ?? 'string')
  }
  switch (type[0]) {
    case 'structure':
      return imports.use(`structures-${area(type[1])}`, imports.name(type[1]))
    case 'enum':
      return imports.use('enumerations', imports.name(type[1]))
    case 'dynamic':
      return imports.use('dynamic', 'DynamicStructure')
    case 'id':
      return 'string'
    case 'optional':
      return `${value(type[1], imports)} | undefined`
    case 'list':
    case 'set': {
      const item = value(type[1], imports)
      return item.includes('|') ? `readonly (${item})[]` : `readonly ${item}[]`
    }
    case 'map': {
      const record = `Readonly<Record<${value(type[1], imports)}, ${value(type[2], imports)}>>`
      return type[1][0] === 'enum' ? `Partial<${record}>` : record
    }
  }
}

function member({ name, type }: RawField, imports: Imports): string {
  return type[0] === 'optional'
    ? `readonly ${name}?: ${value(type, imports)}`
    : `readonly ${name}: ${value(type, imports)}`
}

const block = (head: string, members: readonly string[]) =>
  `export interface ${head} {\n${members.map((text) => `  ${text}\n`).join('')}}\n`

const group = <T>(items: readonly T[], name: (item: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = area(name(item))
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return groups
}

function structures({ structures: all }: Definitions, names: Names): readonly (readonly [string, string])[] {
  return [...group(all, ({ name }) => name)].map(([key, list]) => {
    const imports = newImports(names)
    const text = list.map(({ name, fields }) =>
      block(
        names(name),
        fields.map((field) => member(field, imports)),
      ),
    )
    const file = `structures-${key}`
    return [`${file}.ts`, [imports.text(file), ...text].filter((part) => part !== '').join('\n')] as const
  })
}

function enumerations({ enumerations: all }: Definitions, names: Names): string {
  return all
    .map(({ name, values }) => {
      const literals = values.map((each) => `  | '${each.name}'\n`).join('')
      return `export type ${names(name)} =${literals === '' ? ' never\n' : `\n${literals}`}`
    })
    .join('\n')
}

function errorsText(errors: readonly string[]): string {
  const own = errors.filter((name) => !name.startsWith(STD_ERRORS)).map((name) => `'${name}'`)
  const std = errors
    .filter((name) => name.startsWith(STD_ERRORS))
    .map((name) => name.slice(STD_ERRORS.length))
  const both = [...own, ...(std.length === 0 ? [] : [`Std<${std.map((name) => `'${name}'`).join(' | ')}>`])]
  return both.join(' | ') || 'never'
}

function operationText(operation: RawOperation, imports: Imports): string {
  const input = operation.input.map((field) => member(field, imports)).join('; ')
  const task =
    operation.taskResult === null ? '' : `\n    readonly taskResult: ${value(operation.taskResult, imports)}`
  const errors = errorsText(operation.errors)
  if (errors.includes('Std<')) imports.use('dynamic', 'Std')
  return `readonly ${operation.id.includes('$') ? `'${operation.id}'` : operation.id}: {
    readonly input: {${input ? ` ${input} ` : ''}}
    readonly output: ${value(operation.output, imports)}${task}
    readonly errors: ${errors}
  }`
}

function services({ services: all }: Definitions, names: Names): readonly (readonly [string, string])[] {
  return [...group(all, ({ id }) => id)].map(([key, list]) => {
    const imports = newImports(names)
    const text = list.map(({ id, operations }) =>
      block(
        `${typeName(id)}Operations`,
        operations.map((operation) => operationText(operation, imports)),
      ),
    )
    return [`services-${key}.ts`, [imports.text(''), ...text].join('\n')] as const
  })
}

function maps({ structures: all, enumerations: enums, services: served }: Definitions, names: Names): string {
  const spaces = new Map<string, string>()
  const entries = (canonical: readonly string[], file: (name: string) => string, type: Names) =>
    canonical.map((name) => {
      const space = file(name).replace('-', '_')
      spaces.set(space, file(name))
      return `readonly '${name}': ${space}.${type(name)}`
    })
  const structureEntries = entries(
    all.map(({ name }) => name),
    (name) => `structures-${area(name)}`,
    names,
  )
  const enumerationEntries = entries(
    enums.map(({ name }) => name),
    () => 'enumerations',
    names,
  )
  const serviceEntries = entries(
    served.map(({ id }) => id),
    (name) => `services-${area(name)}`,
    (name) => `${typeName(name)}Operations`,
  )
  const imports = [...spaces].map(([space, file]) => `import type * as ${space} from './${file}.js'\n`)
  const text = [
    block('Structures', structureEntries),
    block('Enumerations', enumerationEntries),
    block('Services', serviceEntries),
  ]
  return [imports.sort().join(''), ...text].join('\n')
}

/** File name -> text of the TypeScript types; `types.ts` is the place to import them from. */
export function emitTypes(definitions: Definitions, header: string): Record<string, string> {
  const names = typeNames(definitions)
  const files = [
    ['dynamic.ts', `${PRELUDE}\nexport type Std<Name extends string> = \`${STD_ERRORS}\${Name}\`\n`] as const,
    ['enumerations.ts', enumerations(definitions, names)] as const,
    ...structures(definitions, names),
    ...services(definitions, names),
    ['maps.ts', maps(definitions, names)] as const,
  ]
  const exported = files.map(([name]) => `export type * from './${name.replace(/\.ts$/, '.js')}'\n`)
  return Object.fromEntries([
    ...files.map(([name, text]) => [name, header + text] as const),
    ['types.ts', header + exported.sort().join('')],
  ])
}
