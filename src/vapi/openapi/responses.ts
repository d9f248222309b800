import { ANONYMOUS } from '../anonymous.js'
import { ERRORS, type ErrorType } from '../error.js'
import { successStatus } from '../rest-status.js'
import { structure } from '../schema.js'
import type { Operation, RestBinding } from '../types.js'
import type { ErrorExample, OperationOverlay } from './overlay.js'
import { type Json, type Schemas, schemaName } from './schemas.js'

const STD_ERRORS = 'com.vmware.vapi.std.errors.'
const MEDIA = 'application/json'

/** Statuses of the few errors that are not com.vmware.vapi.std.errors'. */
const otherStatus = (name: string): number => (name.endsWith('.server_error') ? 500 : 400)

/**
 * The names of the errors that an operation may answer, by status: what it declares, a missing session, and what is wrong
 * with the request itself.
 */
export function errorsByStatus(
  operation: Operation,
  implemented: boolean,
): ReadonlyMap<number, readonly string[]> {
  const names = new Set([
    ...operation.errors,
    `${STD_ERRORS}invalid_argument`,
    `${STD_ERRORS}unexpected_input`,
  ])
  if (!ANONYMOUS.has(`${operation.service}/${operation.id}`)) names.add(`${STD_ERRORS}unauthenticated`)
  if (operation.privileges.length > 0) names.add(`${STD_ERRORS}unauthorized`)
  if (!implemented) names.add(`${STD_ERRORS}unsupported`)
  const byStatus = new Map<number, string[]>()
  for (const name of [...names].sort()) {
    const type = errorType(name)
    const status = type ? ERRORS[type].api : otherStatus(name)
    byStatus.set(status, [...(byStatus.get(status) ?? []), name])
  }
  return new Map([...byStatus].sort(([a], [b]) => a - b))
}

/** `NOT_FOUND` for `com.vmware.vapi.std.errors.not_found`; undefined for an error of another family. */
export function errorType(name: string): ErrorType | undefined {
  if (!name.startsWith(STD_ERRORS)) return undefined
  const type = name.slice(STD_ERRORS.length).toUpperCase()
  return type in ERRORS ? (type as ErrorType) : undefined
}

/** Collects the error responses of a document: many operations answer the same ones. */
export interface Responses {
  of(
    operation: Operation,
    rest: RestBinding,
    implemented: boolean,
    overlay: OperationOverlay | undefined,
  ): Json
  /** By name. */
  components(): Json
}

export function createResponses(schemas: Schemas): Responses {
  const shared = new Map<string, Json>()

  const refTo = (name: string): Json => schemas.of({ kind: 'structure', name })

  const errorSchema = (names: readonly string[]): Json => {
    const types = names.map(errorType)
    const ofShape = new Map(names.map((name) => [shapeOf(name), name]))
    const [one = '', ...others] = ofShape.values()
    if (others.length > 0) return { anyOf: [one, ...others].map(refTo) }
    if (types.includes(undefined)) return refTo(one)
    // Nearly all are of one shape and differ in `error_type` alone.
    return { allOf: [refTo(generalOf(one)), { properties: { error_type: { enum: types } } }] }
  }

  const response = (names: readonly string[], overlay: OperationOverlay | undefined): Json => {
    const examples = Object.entries(overlay?.errors ?? {})
      .filter(([type]) => names.includes(`${STD_ERRORS}${type.toLowerCase()}`))
      .map(([type, body]) => [type, { value: errorBody(type, body) }] as const)
    return {
      description: names.map((name) => errorType(name) ?? schemaName(name)).join(', '),
      content: {
        [MEDIA]: {
          schema: errorSchema(names),
          ...(examples.length === 0 ? plainExample(names) : { examples: Object.fromEntries(examples) }),
        },
      },
    }
  }

  return {
    of(operation, rest, implemented, overlay) {
      const responses: [string, Json][] = [
        [String(successStatus(operation, rest)), success(operation, schemas, overlay)],
      ]
      for (const [status, names] of errorsByStatus(operation, implemented)) {
        const whole = response(names, overlay)
        const key = `${status}.${names.map((name) => errorType(name) ?? schemaName(name)).join('.')}`
        const own = JSON.stringify(whole).includes('"examples"')
        if (!own) shared.set(key, whole)
        responses.push([String(status), own ? whole : { $ref: `#/components/responses/${key}` }])
      }
      return Object.fromEntries(responses)
    },
    components: () => Object.fromEntries([...shared].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

/** What readers see where nobody has given an example: without it they would see every member that there may be. */
function plainExample(names: readonly string[]): Json {
  const type = names.map(errorType).find((each) => each !== undefined)
  return type === undefined ? {} : { example: { error_type: type, messages: [] } }
}

const shapeOf = (name: string): string =>
  (structure(name)?.fields ?? []).map((field) => field.name + field.optional).join()

/** The error whose structure stands for all of its shape. */
function generalOf(name: string): string {
  const general = `${STD_ERRORS}error`
  return shapeOf(name) === shapeOf(general) ? general : name
}

/** An error's body as `/api` sends it. */
export function errorBody(type: string, { messages, data, challenge }: ErrorExample): Json {
  return {
    error_type: type,
    messages,
    ...(data === undefined ? {} : { data }),
    ...(challenge === undefined ? {} : { challenge }),
  }
}

function success(operation: Operation, schemas: Schemas, overlay: OperationOverlay | undefined): Json {
  const { output, taskResult, id } = operation
  if (output.kind === 'void') return { description: 'Done; the body is empty.' }
  const example = overlay?.example?.response
  return {
    description: id.endsWith('$task')
      ? 'The identifier of the task that does it.'
      : output.kind === 'optional'
        ? 'The result; the body is empty if there is none.'
        : 'The result.',
    content: {
      [MEDIA]: { schema: schemas.of(output), ...(example === undefined ? {} : { example }) },
    },
    ...(taskResult === undefined || taskResult.kind === 'void'
      ? {}
      : { 'x-vmware-task-result': schemas.of(taskResult) }),
  }
}
