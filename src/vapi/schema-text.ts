import { indexLines, words } from '#text/line-index.js'
import { SCHEMA } from './generated/schema-data.js'
import type { Field, Type, Union } from './types.js'

/** What all names begin with that the schema's text leaves out. */
export const PREFIX = 'com.vmware.'
const STD_ERRORS = `${PREFIX}vapi.std.errors.`

export type LineKind = 'service' | 'structure' | 'enumeration'

const KINDS: Readonly<Record<string, LineKind>> = { S: 'service', D: 'structure', E: 'enumeration' }

/** Where the lines of the generated schema begin; nothing but the names is read at load. */
export const buildIndex = () => indexLines(SCHEMA, KINDS, PREFIX)

const LINES = buildIndex()

/** The releases, and where the definitions begin. */
export const INDEX = { releases: words(LINES.columns(0)[1]), starts: LINES.starts }

/** Columns of a line, its letter first; undefined for an unknown name. */
export const line = LINES.line

export interface OperationLine {
  /** The short columns in front: `O id history style rest`. */
  readonly head: readonly string[]
  /** All of them. */
  columns(): readonly string[]
}

const HEAD = 5

/** Each operation of a service, in the order of the definition. */
export function operationLines(service: string): readonly OperationLine[] {
  const start = INDEX.starts.service.get(service)
  const lines: OperationLine[] = []
  if (start === undefined) return lines
  for (let at = LINES.next(start); SCHEMA.charAt(at) === 'O'; at = LINES.next(at)) {
    const begin = at
    let end = begin
    for (let column = 0; column < HEAD; column++) end = SCHEMA.indexOf('\t', end) + 1
    lines.push({ head: SCHEMA.slice(begin, end - 1).split('\t'), columns: () => LINES.columns(begin) })
  }
  return lines
}

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
  if (!text) return { since: owner }
  const tilde = text.indexOf('~')
  const since = text.startsWith('@') ? Number(text.slice(1, tilde < 0 ? undefined : tilde)) : 0
  return {
    since: Math.max(owner, since),
    ...(tilde < 0 ? {} : { deprecated: Number(text.slice(tilde + 1)) }),
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
  if (text === 'id' || text.startsWith('id(') || text.startsWith('id/')) {
    const [, resources, typeField] = /^id(?:\((.*)\))?(?:\/(.*))?$/.exec(text) ?? []
    return { kind: 'id', resources: names(resources), ...(typeField === undefined ? {} : { typeField }) }
  }
  if (text.startsWith('dynamic'))
    return { kind: 'dynamic', fieldsOf: names(text.slice('dynamic('.length, -1)) }
  return { kind: text } as Type
}

/** `name:type@since~deprecated`; what is part of something else is not older than its owner. */
export function parseField(text: string, owner: number): Field {
  const colon = text.indexOf(':')
  if (colon < 0) throw new Error(`The schema holds a broken field: ${text}`)
  const mark = text.search(/[@~]/)
  const end = mark < 0 ? text.length : mark
  const optional = text.charAt(end - 1) === '?'
  return {
    name: text.slice(0, colon),
    type: parseType(text.slice(colon + 1, optional ? end - 1 : end)),
    optional,
    ...parseHistory(text.slice(end), owner),
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
