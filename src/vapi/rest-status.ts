import type { Operation, RestBinding } from './types.js'

/**
 * The status of success on `/api` (rest-wire 1.4): 202 with a task's identifier, 204 without a result, 201 for what
 * creates, else 200.
 */
export function successStatus({ id, output }: Operation, { method, dispatch }: RestBinding): number {
  if (id.endsWith('$task')) return 202
  if (output.kind === 'void') return 204
  return method === 'POST' && dispatch.length === 0 ? 201 : 200
}
