import { vapiError } from '#vapi/error.js'

/** What was asked for, or NOT_FOUND naming it; ids and wording are ours (deviation 77). */
export function found<T>(value: T | undefined, kind: string, id: string): T {
  if (value === undefined)
    throw vapiError(
      'NOT_FOUND',
      `com.vmware.vapi.metadata.${kind}.not_found`,
      `There is no ${kind} with identifier '{0}'.`,
      [id],
    )
  return value
}
