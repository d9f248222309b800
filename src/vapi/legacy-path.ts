import { parseForm } from './api-form.js'
import { structure } from './schema.js'
import type { Dispatch, Field, HttpMethod, Operation, QueryParameter, RestBinding } from './types.js'

/** How `/rest` calls an operation. Every parameter is in exactly one of path, query and body. */
export interface LegacyForm {
  readonly method: HttpMethod
  /** Below `/rest`, without the query: `/com/vmware/cis/tagging/category/id:{category_id}`. */
  readonly path: string
  readonly pathVariables: readonly string[]
  /** `~action=attach` below `/com/vmware`, `action=clone` elsewhere. */
  readonly dispatch: readonly Dispatch[]
  /** A structure's fields carry its name: `filter.names`. */
  readonly query: readonly QueryParameter[]
  /** The members of the body, each under its own name even if it is the only one; none: no body. */
  readonly body: readonly string[]
}

/**
 * What `/rest` has of the modern operations: the services that were there before `/api` was. They are mapped by
 * rule below `/com/vmware`.
 */
const MAPPED =
  /^com\.vmware\.(cis\.(session|tagging\..*)|content\.(configuration|type|library(\..*)?|(local|subscribed)_library)|vapi\.(metadata|std)\..*|vcenter\.(inventory|iso|ovf)\..*)$/

/** Forms that do not follow from the rules; as vCenter 7.0.3 and 8.0.2 describe themselves. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  'com.vmware.cis.session/delete': ['DELETE /com/vmware/cis/session'],
  // GET is not described; all versions understand it.
  'com.vmware.cis.session/get': ['POST /com/vmware/cis/session?~action=get', 'GET /com/vmware/cis/session'],
  'com.vmware.vapi.metadata.metamodel.service.operation/get': [
    'GET /com/vmware/vapi/metadata/metamodel/service/operation/id:{service_id}/id:{operation_id}',
  ],
  'com.vmware.vcenter.system_config.psc_registration/repoint': [
    'POST /vcenter/system-config/psc-registration',
  ],
  'com.vmware.vcenter.tokenservice.token_exchange/exchange': ['POST /vcenter/tokenservice/token-exchange'],
}

const kebab = (name: string) => name.replaceAll('_', '-')

/** `GET` and `DELETE` need nothing but the identifier. */
const METHODS: Readonly<Record<string, HttpMethod>> = { get: 'GET', delete: 'DELETE' }

function mappedForm({ service, id, input }: Operation): string {
  const base = `/${kebab(service).replaceAll('.', '/')}`
  const named = input.fields.find(({ type, optional }) => type.kind === 'id' && !optional)
  const path = named ? `${base}/id:{${named.name}}` : base
  const method = METHODS[id]
  if (id === 'list') return `GET ${base}`
  if (id === 'create') return `POST ${path}`
  if (id === 'update') return `PATCH ${path}`
  if (method && named && input.fields.length === 1) return `${method} ${path}`
  return `POST ${path}?~action=${kebab(id)}`
}

const queryText = (dispatch: readonly Dispatch[]) =>
  dispatch.map(({ name, value }) => (value === undefined ? name : `${name}=${value}`)).join('&')

/** The definition says the path; an action that stands in neither path nor query is the one of `/api`. */
function classicForm({ source, dispatch }: RestBinding): string {
  const { method, path, dispatch: given } = parseForm(source)
  const action = dispatch.find(({ name }) => name === 'action')
  const said = given.some(({ name }) => name === 'action') || path.endsWith(`/${action?.value}`)
  const all = method !== 'POST' || !action || said ? given : [action, ...given]
  return `${method} ${path}${all.length === 0 ? '' : `?${queryText(all)}`}`
}

function forms(operation: Operation): readonly string[] {
  const exception = EXCEPTIONS[`${operation.service}/${operation.id}`]
  if (exception) return exception
  if (operation.rest?.style === 'classic') return [classicForm(operation.rest)]
  return MAPPED.test(operation.service) ? [mappedForm(operation)] : []
}

function queryOf({ name, type }: Field): readonly QueryParameter[] {
  const inside = type.kind === 'structure' ? structure(type.name) : undefined
  return inside
    ? inside.fields.map((field) => ({ name: `${name}.${field.name}`, parameter: name, field: field.name }))
    : [{ name, parameter: name }]
}

/**
 * How `/rest` calls an operation; none for one that is only on `/api`, the usual form first. Which releases have
 * the operation at all is not asked here.
 */
export function legacyPath(operation: Operation): readonly LegacyForm[] {
  return forms(operation).map((text) => {
    const form = parseForm(text)
    const pathVariables = [...form.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
    const left = operation.input.fields.filter(({ name }) => !pathVariables.includes(name))
    const bodyless = form.method === 'GET' || form.method === 'DELETE'
    return {
      ...form,
      pathVariables,
      query: bodyless ? left.flatMap(queryOf) : [],
      body: bodyless ? [] : left.map(({ name }) => name),
    }
  })
}
