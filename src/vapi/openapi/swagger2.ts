import type { Json } from './schemas.js'

/**
 * A document of `automationDocument` as Swagger 2.0, the language in which vCenter describes itself (rest-wire 2.1). What
 * that language cannot say is left out: alternatives of schemas, and what stands beside a `$ref`.
 */
export function swagger2(document: Json): Json {
  const components = document.components as Components
  const { title, version } = document.info as Json
  return {
    swagger: '2.0',
    info: { title, version },
    basePath: '/',
    schemes: ['https'],
    consumes: [MEDIA],
    produces: [MEDIA],
    securityDefinitions: mapped(components.securitySchemes, securityScheme),
    security: document.security,
    tags: document.tags,
    paths: mapped(document.paths as Group, (item) =>
      mapped(item as Group, (operation) => operationOf(operation, components)),
    ),
    responses: mapped(components.responses, responseOf),
    definitions: mapped(components.schemas, schemaOf),
  }
}

type Group = Readonly<Record<string, Json>>

interface Components {
  readonly securitySchemes: Group
  readonly responses: Group
  readonly schemas: Group
}

const MEDIA = 'application/json'

const mapped = (group: Group, change: (value: Json) => Json): Group =>
  Object.fromEntries(Object.entries(group).map(([name, value]) => [name, change(value)]))

const securityScheme = (scheme: Json): Json =>
  scheme.type === 'http' ? { type: 'basic', description: scheme.description } : scheme

function operationOf({ parameters, requestBody, responses, ...others }: Json, components: Components): Json {
  const own = [
    ...((parameters ?? []) as readonly Json[]).map((each) => parameterOf(each, components)),
    ...(requestBody === undefined ? [] : [bodyOf(requestBody as Json)]),
  ]
  return {
    ...others,
    ...(own.length === 0 ? {} : { parameters: own }),
    responses: mapped(responses as Group, responseOf),
  }
}

/** Nothing but the type itself may stand where a parameter says what it is. */
function parameterOf({ schema, example: _example, ...others }: Json, { schemas }: Components): Json {
  const inline = (type: Json): Json => {
    const name = typeof type.$ref === 'string' ? type.$ref.slice('#/components/schemas/'.length) : undefined
    const { type: kind, enum: values, format } = (name === undefined ? type : schemas[name]) ?? {}
    return {
      type: kind === undefined || kind === 'object' ? 'string' : kind,
      ...(format === undefined ? {} : { format }),
      ...(values === undefined ? {} : { enum: values }),
    }
  }
  const type = schema as Json
  if (type.type !== 'array') return { ...others, ...inline(type) }
  return { ...others, type: 'array', items: inline(type.items as Json), collectionFormat: 'multi' }
}

function bodyOf({ required, content }: Json): Json {
  return {
    name: 'request-body',
    in: 'body',
    ...(required === true ? { required } : {}),
    schema: schemaOf(((content as Group)[MEDIA]?.schema ?? {}) as Json),
  }
}

function responseOf({ $ref, content, 'x-vmware-task-result': _result, ...others }: Json): Json {
  if (typeof $ref === 'string') return { $ref: $ref.replace('#/components/', '#/') }
  const { schema, example } = (content as Group | undefined)?.[MEDIA] ?? {}
  return {
    ...others,
    ...(schema === undefined ? {} : { schema: schemaOf(schema as Json) }),
    ...(example === undefined ? {} : { examples: { [MEDIA]: example } }),
  }
}

function schemaOf(schema: Json): Json {
  const { $ref, anyOf, propertyNames: _names, deprecated: _deprecated, ...others } = schema
  if (typeof $ref === 'string') return { $ref: $ref.replace('#/components/schemas/', '#/definitions/') }
  if (anyOf !== undefined) return { type: 'object' }
  const { properties, items, additionalProperties, allOf } = others as {
    properties?: Group
    items?: Json
    additionalProperties?: Json | boolean
    allOf?: readonly Json[]
  }
  return {
    ...others,
    ...(properties ? { properties: mapped(properties, schemaOf) } : {}),
    ...(items ? { items: schemaOf(items) } : {}),
    ...(typeof additionalProperties === 'object'
      ? { additionalProperties: schemaOf(additionalProperties) }
      : {}),
    ...(allOf ? { allOf: allOf.map(schemaOf) } : {}),
  }
}
