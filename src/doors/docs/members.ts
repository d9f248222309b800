import { isA, type ManagedType, type Method, type Property, VERSIONS } from '#vim25/schema.js'
import { isAnonymous } from '#vsphere/authorization/check.js'
import { type Components, type Json, ref } from './components.js'
import { descriptionOf, type Example, exampleFor } from './descriptions.js'
import type { World } from './world.js'

/** The component parameter for the id of an object of a type. */
export const idParameterName = (type: string) => `moId.${type}`

// Swagger UI shows both a parameter of the path and one of the operation that overrides it: each operation has its own.
const idParameter = ({ name }: ManagedType): Json => ({
  $ref: `#/components/parameters/${idParameterName(name)}`,
})

const response = (name: string): Json => ({ $ref: `#/components/responses/${name}` })

const body = (schema: Json): Json => ({ 'application/json': { schema } })

/** What may be called without a session says so; all else inherits the document's requirement. */
const openToAll = (type: ManagedType, member: string): Json =>
  isAnonymous(type.name, member) ? { security: [] } : {}

const article = (word: string) => (/^[AEIOU]/.test(word) ? `an ${word}` : `a ${word}`)

function kindOfValue({ type, array }: Property): string {
  const name = type === 'Any' ? 'any value' : type
  if (array) return type === 'Any' ? 'a list of any values' : `a list of ${name}`
  return type === 'Any' ? name : article(name)
}

/** GET of a property. */
export function propertyOperation(
  type: ManagedType,
  property: Property,
  tag: string,
  components: Components,
): Json {
  return {
    operationId: `${type.name}_get_${property.name}`,
    tags: [tag],
    summary: kindOfValue(property),
    ...openToAll(type, property.name),
    parameters: [idParameter(type)],
    responses: {
      '200': { description: 'Its value.', content: body(components.slot(property)) },
      '204': response('Unset'),
      '404': response('NotFound'),
      '500': response('Fault'),
    },
  }
}

/** A method of a type, as a document shows it. */
export interface DocumentedMethod {
  readonly type: ManagedType
  readonly method: Method
  readonly implemented: boolean
  readonly tag: string
  readonly release: number
  readonly components: Components
  readonly world: World
}

/** POST of a method. */
export function methodOperation(documented: DocumentedMethod): Json {
  const { type, method, implemented, tag } = documented
  const known = implemented ? descriptionOf(type.name, method.name) : undefined
  const example = known && exampleFor(type.name, known, documented.world)
  return {
    operationId: `${type.name}_${method.name}`,
    tags: [tag],
    summary: implemented ? (known?.summary ?? '') : 'Answers NotImplemented',
    description: descriptionText(method, [known?.text ?? '', example?.note ?? '']),
    'x-implemented': implemented,
    ...openToAll(type, method.name),
    parameters: [example ? idExample(example) : idParameter(type)],
    ...requestBody(documented, example),
    responses: {
      ...success(documented),
      '404': response('NotFound'),
      '500': { ...faultResponse(method) },
    },
  }
}

const idExample = ({ id }: Example): Json => ({
  name: 'moId',
  in: 'path',
  required: true,
  schema: { type: 'string' },
  example: id,
})

function requestBody({ method, release, components }: DocumentedMethod, example: Example | undefined): Json {
  const params = method.params.filter(({ since }) => since <= release)
  if (params.length === 0) return {}
  const required = params.filter(({ optional }) => !optional).map(({ name }) => name)
  const schema: Json = {
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(params.map((parameter) => [parameter.name, components.slot(parameter)])),
  }
  const content: Json = { schema, ...(example?.body === undefined ? {} : { example: example.body }) }
  return { requestBody: { required: required.length > 0, content: { 'application/json': content } } }
}

function success({ method, components }: DocumentedMethod): Json {
  const { result, isTask, taskResult } = method
  if (!result) return { '204': response('Empty') }
  const left = taskResult ? `; its \`info.result\` is then ${kindOfValue(taskResult)}` : ''
  const answer: Json = {
    description: isTask ? `The task that does it${left}.` : `Answers ${kindOfValue(result)}.`,
    content: body(components.slot(result)),
  }
  return result.optional ? { '200': answer, '204': response('Empty') } : { '200': answer }
}

function faultResponse({ isTask, faults }: Method): Json {
  const named = faults
    .filter((fault) => isA(fault, 'MethodFault'))
    .map((fault) => `[${fault}](/docs/types/${fault})`)
  const where = isTask ? ' (here, or as the `info.error` of the task)' : ''
  return {
    description:
      named.length > 0 ? `A fault: ${named.join(', ')}${where}, or a runtime fault.` : 'A runtime fault.',
    content: body(ref('FaultBody')),
  }
}

function descriptionText(method: Method, parts: readonly string[]): string {
  const privilege = method.privilege ? `Needs the privilege \`${method.privilege}\`. ` : ''
  return [...parts, `${privilege}Since release ${VERSIONS[method.since]}.`]
    .filter((part) => part !== '')
    .join('\n\n')
}
