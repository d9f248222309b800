import type {
  Definitions,
  RawField,
  RawHistory,
  RawOperation,
  RawRest,
  RawType,
  RawUnion,
} from './definitions.js'

/** What nothing says to be newer counts from here: the release with which the API became public. */
const FIRST_RELEASE = '6.0'

const numbers = (release: string) => release.split('.').map(Number)

function compareReleases(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)]
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function releasesOf({ services, structures, enumerations }: Definitions): readonly string[] {
  const all: readonly RawHistory[] = [
    ...services,
    ...services.flatMap(({ operations }) => operations),
    ...services.flatMap(({ operations }) => operations.flatMap(({ input }) => input)),
    ...structures,
    ...structures.flatMap(({ fields }) => fields),
    ...enumerations,
    ...enumerations.flatMap(({ values }) => values),
  ]
  const named = all.flatMap(({ since, deprecated }) => [since, deprecated].filter((name) => name !== null))
  return [...new Set([FIRST_RELEASE, ...named])].sort(compareReleases)
}

const PREFIX = 'com.vmware.'
const STD_ERRORS = `${PREFIX}vapi.std.errors.`

/** Names without what nearly all of them begin with. */
function bare(name: string): string {
  if (!name.startsWith(PREFIX)) throw new Error(`${name} is outside of ${PREFIX}*`)
  return name.slice(PREFIX.length)
}
const short = (name: string) => (name.startsWith(PREFIX) ? `.${bare(name)}` : name)
const error = (name: string) =>
  name.startsWith(STD_ERRORS) ? name.slice(STD_ERRORS.length) : `.${bare(name)}`

function typeText(type: RawType): string {
  if (typeof type === 'string') return type
  switch (type[0]) {
    case 'structure':
    case 'enum':
      return short(type[1])
    case 'dynamic':
      return type[1].length === 0 ? 'dynamic' : `dynamic(${type[1].map(short).join('|')})`
    case 'id':
      return `id${type[1].length === 0 ? '' : `(${type[1].map(short).join('|')})`}${type[2] === null ? '' : `/${type[2]}`}`
    case 'optional':
      return `${typeText(type[1])}?`
    case 'list':
      return `[${typeText(type[1])}]`
    case 'set':
      return `{${typeText(type[1])}}`
    case 'map':
      return `<${typeText(type[1])},${typeText(type[2])}>`
  }
}

const unionText = ([discriminant, cases]: RawUnion) =>
  `${discriminant}:${cases
    .map(([value, fields]) => `${value}=${fields.map(([name, must]) => name + (must ? '!' : '')).join(',')}`)
    .join(';')}`

const pairs = (list: readonly [string, string][]) => list.map(([name, by]) => `${name}=${by}`).join(' ')

function restColumns(rest: RawRest | null): readonly string[] {
  if (rest === null) return ['', '', '', '', '']
  const task = rest.task ? `${rest.path.includes('?') ? '&' : '?'}vmw-task=true` : ''
  return [
    rest.classic ? 'c' : 'm',
    `${rest.method} ${rest.path}${task}`,
    pairs(rest.query),
    pairs(rest.headers),
    rest.body ?? '',
  ]
}

const privilegeText = ({ privilege, resource, by }: RawOperation['privileges'][number]) =>
  resource === null ? privilege : `${privilege}(${short(resource)}${by === null ? '' : `:${short(by)}`})`

/**
 * One line per service, operation and type, columns separated by tabs, lists by spaces; `com.vmware.` is left
 * out of names (a leading dot in types says so), and so is `com.vmware.vapi.std.errors.` of errors':
 *
 *     V releases
 *     S id history                         a service; its operations follow
 *     O id history style rest query headers body input output taskResult errors privileges
 *     D name history kind fields unions    kind: e an error, m a model with its keys
 *     E name history values
 *
 * A field is `name:type`, a history `@since~deprecated` with indexes of releases, either left out. Types:
 * `string`, `.vcenter.VM.info`, `[list]`, `{set}`, `<map,of>`, `optional?`, `id(VirtualMachine|HostSystem)`,
 * `id/field_with_the_type`, `dynamic(.structure)`. A union: `discriminant:CASE=required!,other;CASE=`.
 * Lines rather than JSON: quick to index without parsing, and a new release reads as a diff.
 */
export function emitSchema(definitions: Definitions, header: string): string {
  const releases = releasesOf(definitions)
  const index = (name: string | null, mark: string) =>
    name === null ? '' : `${mark}${releases.indexOf(name)}`
  const history = ({ since, deprecated }: RawHistory) => index(since, '@') + index(deprecated, '~')
  const fields = (list: readonly RawField[]) =>
    list.map((field) => `${field.name}:${typeText(field.type)}${history(field)}`).join(' ')

  const lines = [['V', releases.join(' ')]]
  for (const service of definitions.services) {
    lines.push(['S', bare(service.id), history(service)])
    for (const operation of service.operations) {
      if (operation.unions.length > 0)
        throw new Error(`${service.id} ${operation.id} has a union of parameters`)
      lines.push([
        'O',
        operation.id,
        history(operation),
        ...restColumns(operation.rest),
        fields(operation.input),
        typeText(operation.output),
        operation.taskResult === null ? '' : typeText(operation.taskResult),
        operation.errors.map(error).join(' '),
        operation.privileges.map(privilegeText).join(' '),
      ])
    }
  }
  for (const structure of definitions.structures) {
    const kind = structure.error ? 'e' : structure.model ? ['m', ...structure.keys].join(' ') : ''
    const unions = structure.unions.map(unionText).join(' ')
    lines.push(['D', bare(structure.name), history(structure), kind, fields(structure.fields), unions])
  }
  for (const { name, values, ...since } of definitions.enumerations) {
    const listed = values.map((value) => value.name + history(value)).join(' ')
    lines.push(['E', bare(name), history(since), listed])
  }
  const text = lines.map((columns) => columns.join('\t')).join('\n')
  if (/[`\\]|\$\{/.test(text)) throw new Error('the schema text would need escapes')
  return `${header}/** Read by src/vapi/schema.ts; the format is described in scripts/generate/vapi/emit-schema.ts. */\nexport const SCHEMA: string = \`${text}\`\n`
}
