import { data, type Members } from './data.js'
import type { DataTypes, FaultTypes, MethodFault } from './generated/types.js'
import { messageOf } from './messages.js'

/** A vim25 fault on its way to a client: the fault's data object, and its localized message as the Error's message. */
export class VimFault extends Error {
  readonly fault: MethodFault

  constructor(fault: MethodFault, message: string) {
    super(message)
    this.name = fault._typeName
    this.fault = fault
  }
}

type FaultName = keyof FaultTypes & keyof DataTypes & string

/**
 * The error to throw for a fault: `throw fault('InvalidPowerState', { requestedState, existingState })`. The message
 * comes from the catalogue (messages.ts) unless one is given.
 */
export function fault<K extends FaultName>(type: K, members: Members<K>, message?: string): VimFault {
  const value = data(type, members) as unknown as MethodFault
  return new VimFault(value, message ?? messageOf(value))
}

/** The fault as data objects carry it (TaskInfo.error, lists of issues). */
export function localized(error: VimFault): DataTypes['LocalizedMethodFault'] {
  return data('LocalizedMethodFault', { fault: error.fault, localizedMessage: error.message })
}

/** `localized(fault(...))` in one word, for lists of issues. */
export function localizedFault<K extends FaultName>(
  type: K,
  members: Members<K>,
): DataTypes['LocalizedMethodFault'] {
  return localized(fault(type, members))
}
