import { SCHEMA } from './generated/schema-data.js'
import type { Field, Type, Union } from './types.js'

/** What all names begin with that the schema's text leaves out. */
export const PREFIX = 'com.vmware.'
const STD_ERRORS = `${PREFIX}vapi.std.errors.`

export type LineKind = 'service' | 'structure' | 'enumeration'

const KINDS: Readonly<Record<string, LineKind>> = { S: 'service', D: 'structure', E: 'enumeration' }

/** Where the lines of the generated schema begin; nothing but the names is read at load. */
function buildIndex() {
  const starts = {
    service: new Map<string, number>(),
    structure: new Map<string, number>(),
    enumeration: new Map<string, number>(),
  } satisfies Record<LineKind, Map<string, number>>
  for (let at = 0; at < SCHEMA.length; at = nextLine(at)) {
    const kind = KINDS[SCHEMA.charAt(at)]
    if (kind) starts[kind].set(PREFIX + SCHEMA.slice(at + 2, SCHEMA.indexOf('\t', at + 2)), at)
  }
  return { releases: (columns(0)[1] ?? '').split(' '), starts }
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

/** Columns of a line, its letter first; undefined for an unknown name. */
export function line(kind: LineKind, name: string): readonly string[] | undefined {
  const start = INDEX.starts[kind].get(name)
  return start === undefined ? undefined : columns(start)
}

/** Columns of each operation of a service, in the order of the definition. */
export function operationLines(service: string): readonly (readonly string[])[] {
  const start = INDEX.starts.service.get(service)
  const result: (readonly string[])[] = []
  if (start === undefined) return result
  for (let at = nextLine(start); SCHEMA.charAt(at) === 'O'; at = nextLine(at)) result.push(columns(at))
  return result
}

export const words = (text: string | undefined): readonly string[] => (text ? text.split(' ') : [])

/** A name as it stands in types and privileges: `.vcenter.VM.info` or, as it is, `VirtualMachine`. */
export const fullName = (text: string) => (text.startsWith('.') ? PREFIX + text.slice(1) : text)

/** `not_found` or `.vcenter.tokenservice.invalid_grant`. */
export const errorName = (text: string) => (text.startsWith('.') ? fullName(text) : STD_ERRORS + text)

export interface History {
  readonly since: number
  readonly deprecated?: number
}

/** `@since~deprecated`; what is part of something else is not older than its owner. */
export function parseHistory(text: string | undefined, owner: number): History {
  const [, since, deprecated] = /^(?:@(\d+))?(?:~(\d+))?$/.exec(text ?? '') ?? []
  return {
    since: Math.max(owner, Number(since ?? 0)),
    ...(deprecated === undefined ? {} : { deprecated: Number(deprecated) }),
  }
}

const known = new Map<string, Type>()

/** Reads a type as scripts/generate/vapi/emit-schema.ts writes it; equal texts give one object. */
export function parseType(text: string): Type {
  const seen = known.get(text)
  if (seen) return seen
  const type = readType(text)
  known.set(text, type)
  return type
}

const inner = (text: string) => text.slice(1, -1)
const names = (text: string | undefined) => (text ? text.split('|').map(fullName) : [])

function readType(text: string): Type {
  if (text.endsWith('?')) return { kind: 'optional', of: parseType(text.slice(0, -1)) }
  if (text.startsWith('[')) return { kind: 'list', of: parseType(inner(text)) }
  if (text.startsWith('{')) return { kind: 'set', of: parseType(inner(text)) }
  if (text.startsWith('<')) {
    // A key is never a map, so the first comma is the one between key and value.
    const comma = text.indexOf(',')
    return {
      kind: 'map',
      key: parseType(text.slice(1, comma)),
      value: parseType(text.slice(comma + 1, -1)),
    }
  }
  if (text.startsWith('.')) {
    const name = fullName(text)
    return INDEX.starts.structure.has(name) ? { kind: 'structure', name } : { kind: 'enum', name }
  }
  const [, id, typeField] = /^id(?:\((.*)\))?(?:\/(.*))?$/.exec(text) ?? []
  if (text === 'id' || id !== undefined || typeField !== undefined) {
    return { kind: 'id', resources: names(id), ...(typeField === undefined ? {} : { typeField }) }
  }
  const [, fieldsOf] = /^dynamic(?:\((.*)\))?$/.exec(text) ?? []
  if (text === 'dynamic' || fieldsOf !== undefined) return { kind: 'dynamic', fieldsOf: names(fieldsOf) }
  return { kind: text } as Type
}

const FIELD = /^(\w+):([^@~]+)(.*)$/

/** `name:type@since~deprecated` */
export function parseField(text: string, owner: number): Field {
  const [, name, type, history] = FIELD.exec(text) ?? []
  if (name === undefined || type === undefined) throw new Error(`The schema holds a broken field: ${text}`)
  const optional = type.endsWith('?')
  return {
    name,
    type: parseType(optional ? type.slice(0, -1) : type),
    optional,
    ...parseHistory(history, owner),
  }
}

/** `discriminant:CASE=required!,other;CASE=` */
export function parseUnion(text: string): Union {
  const colon = text.indexOf(':')
  const cases = text
    .slice(colon + 1)
    .split(';')
    .map((part) => {
      const [value = '', fields] = part.split('=')
      const listed = (fields ? fields.split(',') : []).map((field) =>
        field.endsWith('!') ? { field: field.slice(0, -1), required: true } : { field, required: false },
      )
      return [value, listed] as const
    })
  return { discriminant: text.slice(0, colon), cases: new Map(cases) }
}
