import { structure } from '../schema.js'
import type { Operation, QueryParameter, RestBinding, Type } from '../types.js'
import { type Dialect, decodeStructure, isObject } from './decode.js'
import { createProblems, type Problems } from './problems.js'
import { fromText } from './scalars.js'

/** The parts of an HTTP request that carry an operation's parameters. */
export interface HttpParts {
  readonly variables: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** A header by its name. */
  header(name: string): string | undefined
  /** The parsed body; undefined for an empty one. */
  readonly body: unknown
}

/**
 * An operation's input from the parts of a request on `/api`: path, query, headers and body, as its REST binding says
 * (rest-wire 1.4). Throws UNEXPECTED_INPUT or INVALID_ARGUMENT, naming every field that is wrong as the client wrote it.
 */
export function httpInput(
  { input }: Operation,
  rest: RestBinding,
  parts: HttpParts,
  release: number,
  dialect: Dialect,
): Readonly<Record<string, unknown>> {
  const problems = createProblems((path) => asWritten(rest, path))
  const typeOf = (name: string) => input.byName.get(name)?.type
  const raw: Record<string, unknown> = {}
  for (const name of rest.pathVariables) raw[name] = text(typeOf(name), parts.variables[name])
  for (const { name, parameter } of rest.headers) raw[parameter] = text(typeOf(parameter), parts.header(name))
  readQuery(rest, parts.query, typeOf, raw, problems)
  readBody(rest, parts.body, raw, problems)
  const value = decodeStructure(input, raw, '', { release, dialect, problems })
  problems.check()
  return value as Readonly<Record<string, unknown>>
}

const text = (type: Type | undefined, value: string | undefined): unknown =>
  type === undefined || value === undefined ? undefined : fromText(type, value)

function readQuery(
  rest: RestBinding,
  query: URLSearchParams,
  typeOf: (name: string) => Type | undefined,
  raw: Record<string, unknown>,
  problems: Problems,
): void {
  const known = new Map(rest.query.map((parameter) => [parameter.name, parameter]))
  const dispatch = new Set(rest.dispatch.map(({ name }) => name))
  const unknown: string[] = []
  for (const name of new Set(query.keys())) {
    const carried = known.get(name)
    if (carried) setParameter(raw, carried, queryValue(carriedType(carried, typeOf), query.getAll(name)))
    else if (!dispatch.has(name)) unknown.push(name)
  }
  problems.unknown(unknown)
}

function carriedType({ parameter, field }: QueryParameter, typeOf: (name: string) => Type | undefined): Type {
  const type = unwrapped(typeOf(parameter) ?? { kind: 'opaque' })
  if (field === undefined) return type
  const found = type.kind === 'structure' ? structure(type.name)?.byName.get(field) : undefined
  return unwrapped(found?.type ?? { kind: 'opaque' })
}

const unwrapped = (type: Type): Type => (type.kind === 'optional' ? unwrapped(type.of) : type)

/** A list is the parameter repeated; anything else must stand there once, or it is left to be a mismatch. */
function queryValue(type: Type, values: readonly string[]): unknown {
  if (type.kind === 'list' || type.kind === 'set') return values.map((value) => fromText(type.of, value))
  return values.length === 1 ? fromText(type, values[0] as string) : values
}

function setParameter(
  raw: Record<string, unknown>,
  { parameter, field }: QueryParameter,
  value: unknown,
): void {
  if (field === undefined) raw[parameter] = value
  else raw[parameter] = { ...(raw[parameter] as object | undefined), [field]: value }
}

function readBody(rest: RestBinding, body: unknown, raw: Record<string, unknown>, problems: Problems): void {
  if (body === undefined) return
  if (rest.body.kind === 'parameter') {
    raw[rest.body.parameter] = body
    return
  }
  const allowed = rest.body.kind === 'object' ? rest.body.parameters : []
  if (!isObject(body)) return void problems.mismatch('', 'an object of parameters', body)
  for (const name of allowed) if (Object.hasOwn(body, name)) raw[name] = body[name]
  problems.unknown(Object.keys(body).filter((name) => !allowed.includes(name)))
}

/** The path of a field as the client wrote it: a parameter that is the body as a whole, or a query's, is not named. */
function asWritten(rest: RestBinding, path: string): string {
  const { body } = rest
  if (body.kind === 'parameter' && path.startsWith(`${body.parameter}.`))
    return path.slice(body.parameter.length + 1)
  for (const { name, parameter, field } of rest.query) {
    const inside = field === undefined ? parameter : `${parameter}.${field}`
    if (path === inside || path.startsWith(`${inside}[`)) return name + path.slice(inside.length)
  }
  return path
}
