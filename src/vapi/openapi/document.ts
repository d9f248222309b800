import { operations, RELEASES } from '../schema.js'
import type { Operation } from '../types.js'
import { type Area, areaOf, areas } from './areas.js'
import { fitting } from './examples.js'
import { MISSING, operationObject, pathKey, tagOf } from './operation.js'
import type { Overlay, TypeOverlay } from './overlay.js'
import { createResponses } from './responses.js'
import { createSchemas, type Json } from './schemas.js'

/** Which operations are described, and under what title. */
export interface Subject {
  readonly title: string
  readonly operations: Iterable<Operation>
}

export interface DocumentOptions {
  /** Index into RELEASES: what is newer does not occur. */
  readonly release: number
  readonly overlay: Overlay
  /** Descriptions of types, from all overlays. */
  readonly types: Readonly<Record<string, TypeOverlay>>
  /** Whether an operation (`service/operation`) does something; left out, the document does not speak of it. */
  readonly isImplemented?: (key: string) => boolean
}

/** The OpenAPI 3.1 document of an area, as of a release; undefined if the release has nothing of it. */
export const areaDocument = (area: Area, options: DocumentOptions): Json | undefined =>
  automationDocument({ title: area.title, operations: operationsOf(area) }, options)

/** The OpenAPI 3.1 document of some operations, as of a release; undefined if the release has none of them. */
export function automationDocument(subject: Subject, options: DocumentOptions): Json | undefined {
  const { release, overlay, types, isImplemented } = options
  const schemas = createSchemas(release, types)
  const responses = createResponses(schemas)
  const paths: Record<string, Record<string, unknown>> = {}
  const tags = new Map<string, Json>()
  for (const operation of subject.operations) {
    const { service, id, rest, since } = operation
    if (!rest || since > release) continue
    const key = `${service}/${id}`
    const implemented = isImplemented?.(key)
    const own = fitting(operation, overlay.operations?.[key], release)
    const path = pathKey(rest)
    paths[path] = {
      ...paths[path],
      [rest.method.toLowerCase()]: operationObject({
        operation,
        rest,
        overlay: own,
        schemas,
        responses,
        implemented,
      }),
    }
    const tag = tagOf(operation, implemented)
    tags.set(tag, {
      name: tag,
      ...(implemented === false ? { description: 'Operations that answer UNSUPPORTED.' } : {}),
    })
  }
  if (tags.size === 0) return undefined
  const components = overlay.components ?? {}
  return {
    openapi: '3.1.0',
    info: {
      title: overlay.title ?? subject.title,
      version: RELEASES[release],
      ...(overlay.description === undefined ? {} : { description: overlay.description }),
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ session: [] }],
    tags: [...supportedFirst([...tags.values()]), ...(overlay.tags ?? [])],
    paths: { ...sorted(paths), ...overlay.paths },
    components: {
      ...components,
      securitySchemes: usesBasic(paths) ? { basic: BASIC, session: SESSION } : { session: SESSION },
      responses: { ...responses.components(), ...components.responses },
      schemas: { ...schemas.components(), ...components.schemas },
    },
  }
}

const BASIC: Json = { type: 'http', scheme: 'basic', description: 'Name and password, for logging in only.' }

const SESSION: Json = {
  type: 'apiKey',
  in: 'header',
  name: 'vmware-api-session-id',
  description: 'The token that POST /api/session answers.',
}

const usesBasic = (paths: Json) => JSON.stringify(paths).includes('"basic":[]')

const byArea = new Map<string, Operation[]>()

/** The operations of an area, whatever the release. */
export function operationsOf(area: Area): readonly Operation[] {
  if (byArea.size === 0) {
    for (const { name } of areas) byArea.set(name, [])
    for (const operation of operations())
      if (operation.rest) byArea.get(areaOf(operation).name)?.push(operation)
  }
  return byArea.get(area.name) ?? []
}

const supportedFirst = (tags: readonly Json[]): readonly Json[] => {
  const isMissing = ({ name }: Json) => String(name).endsWith(MISSING)
  return [...tags.filter((tag) => !isMissing(tag)), ...tags.filter(isMissing)]
}

const sorted = (paths: Json): Json =>
  Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
