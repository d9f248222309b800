import { type ManagedType, managedType, versionIndex } from '#vim25/schema.js'
import { type Components, createComponents, type Json, ref } from './components.js'
import type { DocumentFamily } from './document-families.js'
import { idParameterName, methodOperation, propertyOperation } from './members.js'
import type { World } from './world.js'

/** What a document says about the server that it describes. */
export interface Described {
  /** Version of the product. */
  readonly version: string
  /** The vim25 releases that are served, newest first. */
  readonly releases: readonly string[]
  /** Whether objects of a type answer a method. */
  isImplemented(type: string, method: string): boolean
  /** Objects of the world, for examples. */
  readonly world: World
}

/** The types of a family that the server's newest release has. */
export function typesOf(family: DocumentFamily, releases: readonly string[]): readonly ManagedType[] {
  const newest = newestOf(releases)
  return family.types
    .map((name) => managedType(name))
    .filter((type): type is ManagedType => type !== undefined && type.since <= newest)
}

const newestOf = (releases: readonly string[]): number => versionIndex(releases[0] ?? '') ?? 0

/**
 * The OpenAPI document of a family of managed types as the VI JSON door serves them, in the newest release: each
 * property a GET, each method a POST, inherited ones too.
 */
export function viJsonDocument(family: DocumentFamily, described: Described): Json {
  const release = newestOf(described.releases)
  const types = typesOf(family, described.releases)
  const components = createComponents(release)
  const paths = Object.fromEntries(
    types.flatMap((type) => Object.entries(pathsOf(type, release, described, components))),
  )
  return {
    openapi: '3.0.3',
    info: { title: family.title, version: described.version, description: introduction(described) },
    servers: [
      {
        url: '/sdk/vim25/{release}',
        variables: { release: { default: described.releases[0], enum: described.releases } },
      },
    ],
    security: [{ session: [] }],
    tags: types.flatMap(tagsOf),
    paths,
    components: {
      securitySchemes: { session: SESSION_SCHEME },
      parameters: Object.fromEntries(
        types.map((type) => [idParameterName(type.name), idParameter(type, described.world)]),
      ),
      responses: RESPONSES,
      schemas: { ...components.schemas(), FaultBody: FAULT_BODY, NotFoundBody: NOT_FOUND_BODY },
    },
  }
}

function introduction({ releases }: Described): string {
  return [
    `VI JSON: a \`GET\` reads a property of a managed object, a \`POST\` calls a method (release ${releases[0]}).`,
    '',
    '**To try a call**, log in once: run `Login` of *ServiceInstance, SessionManager*, or `POST /api/session` of',
    '*Sessions and the server itself*. This page keeps the session for all documents. Any name and password will do',
    'unless the server was started with accounts of its own.',
    '',
    'Methods in a group *-not-implemented* exist, check their path, and answer the fault `NotImplemented`. Data objects',
    'say their type in `_typeName`, as the first member; where several types may stand, it must be sent. A method that',
    'ends in `_Task` answers at once with a reference: read `GET /Task/{moId}/info` until its `state` is `success` or',
    '`error`.',
  ].join('\n')
}

/** The groups of a type: what works, what can be read, what is missing. */
const tagsFor = ({ name }: ManagedType) => ({
  methods: name,
  properties: `${name}-properties`,
  missing: `${name}-not-implemented`,
})

function tagsOf(type: ManagedType): Json[] {
  const { methods, properties, missing } = tagsFor(type)
  return [
    { name: methods, description: `Methods${type.base ? `; it is a ${type.base}` : ''}.` },
    { name: properties, description: 'Each a GET.' },
    { name: missing, description: 'Methods that answer the fault NotImplemented.' },
  ]
}

function pathsOf(type: ManagedType, release: number, described: Described, components: Components): Json {
  const paths: Record<string, Json> = {}
  const tags = tagsFor(type)
  for (const method of type.methods.values()) {
    if (method.since > release) continue
    const implemented = described.isImplemented(type.name, method.name)
    const tag = implemented ? tags.methods : tags.missing
    const post = methodOperation({
      type,
      method,
      implemented,
      tag,
      release,
      components,
      world: described.world,
    })
    paths[`/${type.name}/{moId}/${method.name}`] = { post }
  }
  for (const property of type.properties) {
    if (property.since > release) continue
    const get = propertyOperation(type, property, tags.properties, components)
    paths[`/${type.name}/{moId}/${property.name}`] = { get }
  }
  return paths
}

function idParameter(type: ManagedType, world: World): Json {
  const example = world.find(type.name)
  const name = example && world.read(example, 'name')
  return {
    name: 'moId',
    in: 'path',
    required: true,
    description: example
      ? `Id of a ${type.name}${typeof name !== 'string' ? '' : `, for example of "${name}"`}.`
      : `Id of a ${type.name}; this server has none now.`,
    schema: { type: 'string' },
    ...(example ? { example: example.value } : {}),
  }
}

const SESSION_SCHEME: Json = {
  type: 'apiKey',
  in: 'header',
  name: 'vmware-api-session-id',
  description:
    'The session: the header of the same name in the answer to Login, or the body of POST /api/session.',
}

const json = (schema: Json): Json => ({ 'application/json': { schema } })

const RESPONSES: Json = {
  Empty: { description: 'Done; there is nothing to tell (an empty body).' },
  Unset: { description: 'The property is not set (an empty body).' },
  Fault: { description: 'A fault.', content: json(ref('FaultBody')) },
  NotFound: {
    description: 'This server has no such release, type or member.',
    content: json(ref('NotFoundBody')),
  },
}

const FAULT_BODY: Json = {
  type: 'object',
  description: 'A fault: its type, its message, and the members that its type has.',
  externalDocs: { url: '/docs/types/MethodFault', description: 'All faults' },
  required: ['_typeName', 'faultstring'],
  properties: {
    _typeName: { type: 'string', example: 'NotAuthenticated' },
    faultstring: { type: 'string', example: 'The session is not authenticated.' },
  },
}

const NOT_FOUND_BODY: Json = {
  type: 'object',
  required: ['error_type', 'messages'],
  properties: {
    error_type: { type: 'string', enum: ['NOT_FOUND'] },
    messages: {
      type: 'array',
      items: {
        type: 'object',
        required: ['args', 'default_message', 'id'],
        properties: {
          args: { type: 'array', items: { type: 'string' } },
          default_message: { type: 'string' },
          id: { type: 'string' },
        },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
}
