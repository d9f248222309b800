import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js'

/** An OpenAPI document, as far as the tests look into it. */
export interface OpenApi {
  readonly openapi: string
  readonly servers: readonly { readonly url: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, object>> }
}

export interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly parameters?: readonly { readonly name: string; readonly example?: string }[]
  readonly requestBody?: { readonly content: Record<string, { readonly example?: object }> }
  readonly responses: Readonly<Record<string, Response>>
  readonly security?: readonly object[]
  readonly tags?: readonly string[]
  /** Of VI JSON's methods. */
  readonly 'x-implemented'?: boolean
  /** Of the Automation API's operations: `service/operation`, and what it does here. */
  readonly 'x-vapi'?: string
  readonly 'x-fauxsphere'?: 'implemented' | 'unsupported'
}

interface Response {
  readonly $ref?: string
  readonly content?: Readonly<Record<string, Media>>
}

export interface Media {
  readonly schema: object
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>
}

/** An answer as supertest gives it. */
export interface Answer {
  readonly status: number
  readonly type: string
  readonly text: string
}

/** Says what is wrong with answers by a document; empty when all is as it says. */
export interface Contract {
  problems(path: string, verb: string, answer: Answer): string[]
}

/** `format` is a hint to readers, except for these. */
const FORMATS: Readonly<Record<string, RegExp>> = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  byte: /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/,
  uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
}

export function contractOf(document: OpenApi): Contract {
  const ajv = new Ajv2019({ strict: false, allErrors: true, formats: FORMATS, logger: false })
  ajv.addSchema({ ...document, $id: 'doc' } as object)
  const compiled = new Map<string, ValidateFunction>()
  const validate = (name: string, schema: object): ValidateFunction => {
    const found = compiled.get(name) ?? ajv.compile(schema)
    compiled.set(name, found)
    return found
  }
  const errorsOf = (check: ValidateFunction, value: unknown, where: string): string[] =>
    check(value)
      ? []
      : (check.errors ?? []).map(
          (error) => `${where}${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
        )

  /** Every data object must be what its own type's schema says, without members that it does not have. */
  function* typedObjects(value: unknown, where: string): Generator<string> {
    if (typeof value !== 'object' || value === null) return
    const type = String((value as { _typeName?: unknown })._typeName)
    if (!Array.isArray(value) && Object.hasOwn(document.components.schemas, type)) {
      const schema = { allOf: [{ $ref: `doc#/components/schemas/${type}` }], unevaluatedProperties: false }
      yield* errorsOf(validate(type, schema), value, where)
    }
    for (const [name, inside] of Object.entries(value)) yield* typedObjects(inside, `${where}/${name}`)
  }

  return {
    problems(path, verb, answer) {
      const operation = document.paths[path]?.[verb]
      if (!operation) return [`${verb} ${path} is not documented`]
      const pointer = `#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${verb}/responses/${answer.status}`
      const direct = operation.responses[answer.status]
      if (!direct) return [`status ${answer.status} is not documented`]
      const response = direct.$ref ? (at(document, direct.$ref) as Response) : direct
      const base = direct.$ref ?? pointer
      if (!response.content) return answer.text === '' ? [] : [`expected an empty body, found ${answer.text}`]
      if (!response.content[answer.type]) return [`the content type ${answer.type} is not documented`]
      const value: unknown = answer.type === 'application/json' ? JSON.parse(answer.text) : answer.text
      const schema = { $ref: `doc${base}/content/${answer.type.replaceAll('/', '~1')}/schema` }
      return [...errorsOf(validate(schema.$ref, schema), value, ''), ...typedObjects(value, '')]
    },
  }
}

function at(document: OpenApi, pointer: string): unknown {
  let here: unknown = document
  for (const step of pointer.split('/').slice(1))
    here = (here as Record<string, unknown>)[step.replaceAll('~1', '/').replaceAll('~0', '~')]
  return here
}
