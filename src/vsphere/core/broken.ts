import { fault, type VimFault } from '#vim25/fault.js'
import type { Sandbox } from './sandbox.js'

/**
 * What a client hears of a mistake of ours: SystemError, without a trace, which only the log gets. `what` names what broke
 * (`Folder.CreateFolder`), `effect` says what became of the state. In strict mode the mistake itself is thrown.
 */
export function broken(
  sandbox: Pick<Sandbox, 'strict' | 'services'>,
  what: string,
  error: unknown,
  effect = 'nothing was changed',
): VimFault {
  if (sandbox.strict) throw error
  sandbox.services.log.error({ err: error, what }, `${what} broke; ${effect}.`)
  return fault(
    'SystemError',
    { reason: 'internal error' },
    `A general system error occurred: ${what} failed inside Fauxsphere; ${effect}. The server's log says more.`,
  )
}
