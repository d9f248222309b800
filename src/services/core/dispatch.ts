import { ANONYMOUS } from '#vapi/anonymous.js'
import { VapiError, vapiError } from '#vapi/error.js'
import type { Operation } from '#vapi/types.js'
import { VimFault } from '#vim25/fault.js'
import type { Client, Session } from '#vsphere/core/context.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { useSession } from '#vsphere/session/activity.js'
import { type Credentials, createCall } from './call.js'
import { checkError } from './check-error.js'
import { checkOutput } from './check-output.js'
import type { ServiceRegistry } from './registry.js'
import { authenticationRequired, fromVimFault } from './vim-errors.js'

/** One request of a client, as its door understood it. */
export interface Invocation {
  readonly operation: Operation
  readonly token: string | undefined
  readonly client: Client
  readonly credentials?: Credentials | undefined
  /** Index into RELEASES. */
  readonly release: number
  readonly signal?: AbortSignal | undefined
  /** Reads the input; throws UNEXPECTED_INPUT or INVALID_ARGUMENT. */
  input(): Readonly<Record<string, unknown>>
}

/**
 * The one way in for every door of the Automation API: session, input, behaviour, result. Throws VapiError, and nothing
 * else (in strict mode also mistakes of ours). What can be answered at once is; else the promise settles when the work is
 * done.
 */
export function invoke(sandbox: Sandbox, registry: ServiceRegistry, call: Invocation): unknown {
  const { operation } = call
  const refuse = (error: unknown): never => {
    throw refusal(sandbox, operation, error)
  }
  try {
    const session = requireSession(sandbox, call)
    const implementation = registry.implementation(operation.service, operation.id)
    if (!implementation) throw unsupported(operation)
    const input = call.input()
    const result = implementation(createCall(sandbox, { ...call, session }), input)
    const checked = (value: unknown) => checkOutput(sandbox, operation, call.release, value)
    return result instanceof Promise ? result.then(checked).catch(refuse) : checked(result)
  } catch (error) {
    return refuse(error)
  }
}

export function requireSession(
  sandbox: Sandbox,
  { operation, token, release }: Pick<Invocation, 'operation' | 'token' | 'release'>,
): Session | undefined {
  const session = useSession(sandbox, token)
  if (!session && !ANONYMOUS.has(`${operation.service}/${operation.id}`))
    throw authenticationRequired(release)
  return session
}

/** An operation that exists but does nothing here yet says so. */
function unsupported({ service, id }: Operation): VapiError {
  return vapiError(
    'UNSUPPORTED',
    'com.vmware.vapi.std.errors.unsupported',
    "Fauxsphere does not implement operation '{1}' of service '{0}' yet.",
    [service, id],
  )
}

/** Whatever went wrong, as the client is to hear it; a mistake of ours goes to the log. */
function refusal(sandbox: Sandbox, operation: Operation, error: unknown): unknown {
  if (error instanceof VapiError) return checkError(sandbox, operation, error)
  if (error instanceof VimFault) return fromVimFault(error, operation, sandbox.services.identity)
  if (sandbox.strict) return error
  sandbox.services.log.error(
    { err: error, operation: `${operation.service}/${operation.id}` },
    'An operation broke.',
  )
  return vapiError(
    'INTERNAL_SERVER_ERROR',
    'vapi.bindings.method.impl.unexpected',
    'Provider method implementation threw unexpected exception: {0}',
    ["internal error; the server's log says more."],
  )
}
