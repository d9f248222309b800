import { decode } from '#vapi/json/decode.js'
import { createProblems } from '#vapi/json/problems.js'
import type { Operation } from '#vapi/types.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'

/**
 * A result that does not fit the operation's type would surprise a client: in strict mode it is a mistake of ours. Fields
 * that are newer than the release are none: behaviours give all that there is, and doors leave them out.
 */
export function checkOutput(
  sandbox: Sandbox,
  operation: Operation,
  release: number,
  value: unknown,
): unknown {
  if (!sandbox.strict) return value
  const problems = createProblems()
  if (value !== undefined || !['void', 'optional'].includes(operation.output.kind))
    decode(operation.output, value, 'result', {
      release,
      dialect: { maps: 'object' },
      problems,
      dropNewer: true,
    })
  try {
    problems.check()
  } catch (error) {
    throw new Error(`${operation.service}/${operation.id} answered with what it does not declare.`, {
      cause: error,
    })
  }
  return value
}
