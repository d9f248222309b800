import { words } from '#text/line-index.js'
import { apiForm } from './api-form.js'
import type { Field, QueryParameter, RestBinding, RestBody, Structure } from './types.js'

type StructureOf = (name: string) => Structure | undefined

/** `a=b c=d` */
const pairs = (text: string | undefined) =>
  words(text).map((pair) => {
    const [name = '', parameter = ''] = pair.split('=')
    return { name, parameter }
  })

/** The query parameters that carry `field`: a structure is sent field by field, anything else as it is. */
function queryOf(field: Field, structureOf: StructureOf): readonly QueryParameter[] {
  const inside = field.type.kind === 'structure' ? structureOf(field.type.name) : undefined
  return inside
    ? inside.fields.map(({ name }) => ({ name, parameter: field.name, field: name }))
    : [{ name: field.name, parameter: field.name }]
}

/**
 * What is left for the body. Classic operations name no parameter for it; on `/api` a single structure is the
 * body itself, as with the modern ones that do (rest-wire 1.4).
 */
function bodyOf(left: readonly Field[], named: string | undefined, classic: boolean): RestBody {
  const [only, ...others] = left
  if (only === undefined) return { kind: 'none' }
  const bare =
    named ?? (classic && others.length === 0 && only.type.kind === 'structure' ? only.name : undefined)
  return bare === undefined
    ? { kind: 'object', parameters: left.map(({ name }) => name) }
    : { kind: 'parameter', parameter: bare }
}

/** How `/api` calls an operation, from five columns of its line; undefined if it has no REST form. */
export function restBinding(
  [style, definition = '', queryText, headerText, body]: readonly (string | undefined)[],
  { service, operation }: { readonly service: string; readonly operation: string },
  parameters: readonly Field[],
  structureOf: StructureOf,
): RestBinding | undefined {
  if (!style) return undefined
  const classic = style === 'c'
  const { method, path, dispatch } = apiForm(definition, classic, service, operation)
  const pathVariables = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const headers = pairs(headerText)
  const named: readonly QueryParameter[] = pairs(queryText)
  const taken = new Set([...pathVariables, ...[...headers, ...named].map(({ parameter }) => parameter)])
  const left = parameters.filter(({ name }) => !taken.has(name))
  const bodyless = method === 'GET' || method === 'DELETE'
  return {
    method,
    path,
    pathVariables,
    dispatch,
    query: [
      ...named,
      // What newer descriptions carry in a header was in the query up to 8.0.2's; both are understood.
      ...headers.map(({ parameter }) => ({ name: parameter, parameter })),
      ...(bodyless ? left.flatMap((field) => queryOf(field, structureOf)) : []),
    ],
    headers,
    body: bodyless ? { kind: 'none' } : bodyOf(left, body || undefined, classic),
    style: classic ? 'classic' : 'modern',
    source: definition,
  }
}
