import { ANONYMOUS } from '../anonymous.js'
import { known } from '../known.js'
import { RELEASES } from '../schema.js'
import type { Field, Operation, OperationPrivilege, QueryParameter, RestBinding, Type } from '../types.js'
import type { OperationOverlay } from './overlay.js'
import type { Responses } from './responses.js'
import { history, type Json, type Schemas, schemaName } from './schemas.js'
import { plainSummary } from './summary.js'

export interface OperationParts {
  readonly operation: Operation
  readonly rest: RestBinding
  readonly overlay: OperationOverlay | undefined
  readonly schemas: Schemas
  readonly responses: Responses
  /** Whether it does something here; undefined where nobody asks, as in the committed documents. */
  readonly implemented: boolean | undefined
}

/** Where a document has an operation: `/api/vcenter/vm?action=clone&vmw-task=true`, as vCenter's own documents write it. */
export function pathKey({ path, dispatch }: RestBinding): string {
  const query = dispatch.map(({ name, value }) => (value === undefined ? name : `${name}=${value}`))
  return `/api${path}${query.length === 0 ? '' : `?${query.join('&')}`}`
}

/** Unique among all documents, and a name in most languages once its dots are gone. */
export const operationIdOf = ({ service, id }: Operation): string =>
  `${schemaName(service)}.${id.replace('$task', '-task')}`

/** How the groups of operations end that exist and do nothing yet, here as in the documents of VI JSON. */
export const MISSING = '-not-implemented'

/** The group of an operation: its service; what does nothing here yet stands apart. */
export const tagOf = ({ service }: Operation, implemented: boolean | undefined): string =>
  schemaName(service) + (implemented === false ? MISSING : '')

export function operationObject(parts: OperationParts): Json {
  const { operation, rest, overlay, schemas, responses, implemented } = parts
  const parameters = parametersOf(parts)
  const body = requestBody(parts)
  const description = [overlay?.description?.trim(), differs(overlay)].filter((text) => text !== undefined)
  return {
    operationId: operationIdOf(operation),
    tags: [tagOf(operation, implemented)],
    summary: overlay?.summary ?? plainSummary(operation),
    ...(description.length === 0 ? {} : { description: description.join('\n\n') }),
    ...security(operation),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: responses.of(operation, rest, implemented !== false, overlay),
    'x-vapi': `${operation.service}/${operation.id}`,
    ...(operation.since === 0 ? {} : { 'x-vmware-since': RELEASES[operation.since] }),
    ...history({ ...operation, since: 0 }, 0, schemas.release),
    ...(operation.privileges.length === 0
      ? {}
      : { 'x-vmware-privileges': operation.privileges.map(privilegeText) }),
    ...(implemented === undefined ? {} : { 'x-fauxsphere': implemented ? 'implemented' : 'unsupported' }),
  }
}

const differs = (overlay: OperationOverlay | undefined): string | undefined =>
  overlay?.differs === undefined ? undefined : `**Differs from vCenter:** ${overlay.differs.trim()}`

function security({ service, id }: Operation): Json {
  if (!ANONYMOUS.has(`${service}/${id}`)) return {}
  return { security: service === 'com.vmware.cis.session' ? [{ basic: [] }] : [] }
}

const privilegeText = ({ privilege, resource, by }: OperationPrivilege): string =>
  `${privilege}${resource === undefined ? '' : ` on ${schemaName(resource)}`}${by === undefined ? '' : ` (${schemaName(by)})`}`

function parametersOf({ operation, rest, overlay, schemas }: OperationParts): readonly Json[] {
  const examples = overlay?.example?.parameters ?? {}
  const { byName } = operation.input
  const isThere = ({ since }: { readonly since: number }) => since <= schemas.release
  const parameter = (name: string, where: string, carried: Carried | undefined): readonly Json[] => {
    if (!carried || !isThere(carried.field)) return []
    const example = examples[name]
    return [
      {
        name,
        in: where,
        ...(carried.required ? { required: true } : {}),
        ...identifies(carried.field.type),
        schema: schemas.field(carried.field, operation.since),
        ...(example === undefined ? {} : { example }),
      },
    ]
  }
  const plain = (name: string): Carried | undefined => {
    const field = byName.get(name)
    return field && { field, required: !field.optional }
  }
  const inHeaders = new Set(rest.headers.map((header) => header.parameter))
  return [
    ...rest.pathVariables.flatMap((name) => parameter(name, 'path', plain(name))),
    ...rest.query
      .filter((each) => !inHeaders.has(each.parameter))
      .flatMap((each) => parameter(each.name, 'query', carriedBy(each, byName))),
    ...rest.headers.flatMap((each) => parameter(each.name, 'header', plain(each.parameter))),
  ]
}

/** Of what an identifier is one; the pages show no extension beside a parameter. */
function identifies(type: Type): Json {
  const inside = type.kind === 'list' || type.kind === 'set' ? type.of : type
  if (inside.kind !== 'id' || inside.resources.length === 0) return {}
  return { description: `Id of ${inside.resources.map(schemaName).join(' or ')}` }
}

/** What a parameter of the query stands for: an input parameter, or a field of one. */
export interface Carried {
  readonly field: Field
  readonly required: boolean
}

export function carriedBy(
  { parameter, field }: QueryParameter,
  parameters: ReadonlyMap<string, Field>,
): Carried | undefined {
  const whole = parameters.get(parameter)
  if (!whole || field === undefined) return whole && { field: whole, required: !whole.optional }
  const inside = structureOf(whole.type)?.byName.get(field)
  return inside && { field: inside, required: !whole.optional && !inside.optional }
}

const structureOf = (type: Type) => (type.kind === 'structure' ? known.structure(type.name) : undefined)

function requestBody({ operation, rest, overlay, schemas }: OperationParts): Json | undefined {
  const { body } = rest
  if (body.kind === 'none') return undefined
  const names = body.kind === 'parameter' ? [body.parameter] : body.parameters
  const fields = names
    .map((name) => operation.input.byName.get(name))
    .filter((field): field is Field => field !== undefined && field.since <= schemas.release)
  if (fields.length === 0) return undefined
  const [first] = fields
  const schema =
    body.kind === 'parameter' && first
      ? schemas.field(first, operation.since)
      : schemas.object(fields, operation.since)
  const example = overlay?.example?.request
  return {
    ...(fields.some(({ optional }) => !optional) ? { required: true } : {}),
    content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } },
  }
}
