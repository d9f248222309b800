import type { Field, ManagedType, Method, Model } from './model.js'

const PRIMITIVE_TYPES: Readonly<Record<string, string>> = {
  boolean: 'boolean',
  byte: 'number',
  short: 'number',
  int: 'number',
  float: 'number',
  double: 'number',
  // A 64-bit value may lie beyond what a number holds exactly (9223372036854775807 occurs).
  long: 'number | bigint',
}

const PRELUDE = `/** Any data object; \`_typeName\` is the WSDL name of its type. */
export interface DynamicData {
  readonly _typeName: string
}

/** A primitive, an enum value or an array in a place that may hold anything. */
export interface Boxed {
  readonly _typeName: string
  readonly _value: unknown
}

export type Any = DynamicData | Boxed

export interface ManagedObjectReference {
  readonly _typeName: 'ManagedObjectReference'
  readonly value: string
  readonly type: string
}
`

function itemType(field: Field): string {
  if (field.kind === 'reference') return 'ManagedObjectReference'
  return field.kind === 'primitive' ? (PRIMITIVE_TYPES[field.type] ?? 'string') : field.type
}

function valueType(field: Field): string {
  const item = itemType(field)
  if (!field.array) return item
  return item.includes('|') ? `readonly (${item})[]` : `readonly ${item}[]`
}

function member(field: Field): string {
  return field.optional
    ? `readonly ${field.name}?: ${valueType(field)} | undefined`
    : `readonly ${field.name}: ${valueType(field)}`
}

function interfaceText(name: string, base: string | undefined, members: readonly string[]): string {
  const head = `export interface ${name}${base ? ` extends ${base}` : ''} {`
  return members.length === 0 ? `${head}}\n` : `${head}\n${members.map((line) => `  ${line}\n`).join('')}}\n`
}

const mapText = (name: string, entries: readonly (readonly [string, string])[]) =>
  interfaceText(
    name,
    undefined,
    entries.map(([key, type]) => `readonly ${key}: ${type}`),
  )

const importText = (names: Iterable<string>, from: string) => {
  const list = [...new Set(names)].sort()
  return list.length === 0
    ? ''
    : `import type {\n${list.map((name) => `  ${name},\n`).join('')}} from '${from}'\n\n`
}

const foreign = (fields: readonly Field[], kind: Field['kind']) =>
  fields.filter((field) => field.kind === kind).map((field) => field.type)

function importsOf(fields: readonly Field[]): string {
  const data = [...foreign(fields, 'data'), ...foreign(fields, 'any')]
  const references = fields.some((field) => field.kind === 'reference') ? ['ManagedObjectReference'] : []
  return (
    importText([...data, ...references], './data-types.js') +
    importText(foreign(fields, 'enum'), './enums.js')
  )
}

function dataTypes(model: Model): string {
  const parents = new Map(model.data.map(({ name, base }) => [name, base]))
  const isFault = (name: string | undefined): boolean =>
    name !== undefined && (name === 'MethodFault' || isFault(parents.get(name)))
  const own = model.data.filter(({ name }) => name !== 'DynamicData')
  const text = own.map(({ name, base, fields }) =>
    // DynamicArray and DynamicProperty have no base type, but carry their name like all others.
    interfaceText(name, base, [...(base ? [] : ['readonly _typeName: string']), ...fields.map(member)]),
  )
  const self = model.data.map(({ name }) => [name, name] as const)
  return [
    importText(
      foreign(
        model.data.flatMap(({ fields }) => fields),
        'enum',
      ),
      './enums.js',
    ),
    PRELUDE,
    ...text,
    mapText('DataTypes', self),
    mapText(
      'FaultTypes',
      self.filter(([name]) => isFault(name)),
    ),
  ].join('\n')
}

function enums(model: Model): string {
  const text = model.enums.map(({ name, values }) => {
    const literals = values.map(({ value }) => `'${value}'`)
    return literals.length === 0
      ? `export type ${name} = never\n`
      : `export type ${name} =\n${literals.map((literal) => `  | ${literal}\n`).join('')}`
  })
  const self = model.enums.map(({ name }) => [name, name] as const)
  return [...text, mapText('Enums', self)].join('\n')
}

function managedTypes(model: Model): string {
  const text = model.managed.map(({ name, base, fields }) =>
    interfaceText(`${name}Properties`, base && `${base}Properties`, fields.map(member)),
  )
  return [
    importsOf(model.managed.flatMap(({ fields }) => fields)),
    ...text,
    mapText(
      'ManagedTypes',
      model.managed.map(({ name }) => [name, `${name}Properties`]),
    ),
  ].join('\n')
}

const resultType = (field: Field | undefined) =>
  field ? valueType(field) + (field.optional ? ' | undefined' : '') : 'void'

function methodText(method: Method): string {
  const params = method.params.map(member).join('; ')
  return `readonly ${method.name}: {
    readonly params: {${params ? ` ${params} ` : ''}}
    readonly result: ${resultType(method.result)}
    readonly taskResult: ${method.isTask ? resultType(method.taskResult) : 'never'}
    readonly faults: ${method.faults.map((fault) => `'${fault}'`).join(' | ') || 'never'}
  }`
}

const fieldsOf = (type: ManagedType) =>
  type.methods.flatMap(({ params, result, taskResult }) => [
    ...params,
    ...(result ? [result] : []),
    ...(taskResult ? [taskResult] : []),
  ])

function methods(model: Model): string {
  const text = model.managed.map(({ name, base, methods: own }) =>
    interfaceText(`${name}Methods`, base && `${base}Methods`, own.map(methodText)),
  )
  return [
    importsOf(model.managed.flatMap(fieldsOf)),
    ...text,
    mapText(
      'Methods',
      model.managed.map(({ name }) => [name, `${name}Methods`]),
    ),
  ].join('\n')
}

/** File name -> text of the TypeScript types; `types.ts` is the place to import them from. */
export function emitTypes(model: Model, header: string): Record<string, string> {
  return {
    'data-types.ts': header + dataTypes(model),
    'enums.ts': header + enums(model),
    'managed-types.ts': header + managedTypes(model),
    'methods.ts': header + methods(model),
    'types.ts': `${header}export type * from './data-types.js'
export type * from './enums.js'
export type * from './managed-types.js'
export type * from './methods.js'
`,
  }
}
