import type { MethodFault } from './generated/types.js'
import { CATALOGUE } from './messages/catalogue.js'
import type { Message } from './messages/message.js'
import { render } from './messages/render.js'
import { dataType } from './schema.js'

/**
 * The localized message of a fault, in English: from the catalogue by `Type.reason`, else by `Type`, else by the nearest
 * base type, followed by the words of the type's own name.
 */
export function messageOf(fault: MethodFault): string {
  const found = messageFor(fault._typeName, reasonOf(fault))
  if (!found) return `The operation failed: ${wordsOf(fault._typeName)}.`
  const text = render(found.message, fault, messageOf)
  return found.own ? text : `${text} Cause: ${wordsOf(fault._typeName)}.`
}

interface Found {
  readonly message: Message
  /** False for a message that is a base type's. */
  readonly own: boolean
}

/** The catalogue's entry for a fault type; undefined when neither the type nor a base of it has one. */
export function messageFor(type: string, reason?: string): Found | undefined {
  const own = entry(`${type}.${reason}`) ?? entry(type)
  if (own) return { message: own, own: true }
  for (let base = dataType(type)?.base; base; base = dataType(base)?.base) {
    const message = entry(base)
    if (message) return { message, own: false }
  }
  return undefined
}

const entry = (key: string): Message | undefined => CATALOGUE.get(key)

function reasonOf(fault: MethodFault): string | undefined {
  const reason = 'reason' in fault ? fault.reason : undefined
  return typeof reason === 'string' ? reason : undefined
}

/** `CannotMoveVmWithDeltaDisk` -> `cannot move vm with delta disk`; runs of capitals stay: `EVC`, `RDM`. */
function wordsOf(type: string): string {
  return type
    .replace(/Fault$/, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(' ')
    .map((word) => (/^[A-Z]{2,}s?\d*$/.test(word) ? word : word.toLowerCase()))
    .join(' ')
}
