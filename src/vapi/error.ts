/** com.vmware.vapi.std.localizable_message: what an error says, by id, so that programs can tell it apart. */
export interface LocalizableMessage {
  readonly args: readonly string[]
  readonly default_message: string
  readonly id: string
}

/** Status of an error over `/api` and over `/rest` (rest-wire 1.5); JSON-RPC answers 200 with all of them. */
interface Status {
  readonly api: number
  readonly rest: number
}

const same = (status: number): Status => ({ api: status, rest: status })

/**
 * The errors of com.vmware.vapi.std.errors, by the name that `error_type` carries; in lower case it is the name of their
 * structure. Statuses: rest-wire 1.5.
 */
export const ERRORS = {
  ALREADY_EXISTS: same(400),
  ALREADY_IN_DESIRED_STATE: same(400),
  CANCELED: same(400),
  CONCURRENT_CHANGE: { api: 409, rest: 400 },
  ERROR: { api: 500, rest: 400 },
  FEATURE_IN_USE: same(400),
  INTERNAL_SERVER_ERROR: same(500),
  INVALID_ARGUMENT: same(400),
  INVALID_ELEMENT_CONFIGURATION: same(400),
  INVALID_ELEMENT_TYPE: same(400),
  INVALID_REQUEST: same(400),
  NOT_ALLOWED_IN_CURRENT_STATE: same(400),
  NOT_FOUND: same(404),
  OPERATION_NOT_FOUND: same(404),
  RESOURCE_BUSY: { api: 500, rest: 400 },
  RESOURCE_INACCESSIBLE: { api: 500, rest: 400 },
  RESOURCE_IN_USE: same(400),
  SERVICE_UNAVAILABLE: same(503),
  TIMED_OUT: { api: 500, rest: 504 },
  UNABLE_TO_ALLOCATE_RESOURCE: { api: 500, rest: 400 },
  UNAUTHENTICATED: same(401),
  UNAUTHORIZED: same(403),
  UNEXPECTED_INPUT: same(400),
  UNSUPPORTED: same(400),
  UNVERIFIED_PEER: same(400),
} as const satisfies Record<string, Status>

export type ErrorType = keyof typeof ERRORS

/** An error of the Automation API, the only thing that its operations throw. */
export class VapiError extends Error {
  constructor(
    readonly type: ErrorType,
    /** A stack: the operation's own message first, then its causes; may be empty (rest-wire 1.5). */
    readonly messages: readonly LocalizableMessage[],
    /** Structured details for programs, a structure with its name under `@class`. */
    readonly data?: Readonly<Record<string, unknown>>,
  ) {
    super(messages.map((message) => message.default_message).join(' ') || type)
    this.name = 'VapiError'
  }

  /** The canonical name of the error's structure. */
  get structure(): string {
    return `com.vmware.vapi.std.errors.${this.type.toLowerCase()}`
  }
}

/** A message whose text has `{0}`, `{1}` ... filled with its arguments. */
export function message(id: string, template: string, args: readonly string[] = []): LocalizableMessage {
  return {
    args,
    default_message: template.replace(/\{(\d+)\}/g, (hole, index: string) => args[Number(index)] ?? hole),
    id,
  }
}

/** An error with one message. */
export function vapiError(
  type: ErrorType,
  id: string,
  template: string,
  args: readonly string[] = [],
): VapiError {
  return new VapiError(type, [message(id, template, args)])
}
