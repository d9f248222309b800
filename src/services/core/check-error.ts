import type { VapiError } from '#vapi/error.js'
import { errorsByStatus } from '#vapi/openapi/responses.js'
import type { Operation } from '#vapi/types.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'

/** What the layers around an operation may say of any: who calls, what broke, that nothing is behind it. */
const ALWAYS: ReadonlySet<string> = new Set(['UNAUTHORIZED', 'UNSUPPORTED', 'INTERNAL_SERVER_ERROR'])

/**
 * An error that the operation does not declare is one that no client expects: in strict mode it is a mistake of ours.
 * Faults of vim25 are not asked here: what becomes of them is a table's business (vim-errors.ts).
 */
export function checkError(sandbox: Sandbox, operation: Operation, error: VapiError): Error {
  if (!sandbox.strict || ALWAYS.has(error.type)) return error
  const declared = [...errorsByStatus(operation, true).values()].flat()
  if (declared.includes(error.structure)) return error
  return new Error(
    `${operation.service}/${operation.id} answered with ${error.type}, which it does not declare.`,
    { cause: error },
  )
}
