import type { LocalizableMessage } from '#vapi/error.js'
import type { VimFault } from '#vim25/fault.js'

/** `vmsg.<Fault>.summary`, the form in which a fault stands behind an error (rest-wire 1.6). */
export function cause(error: VimFault): LocalizableMessage {
  return { args: [], default_message: error.message, id: `vmsg.${error.fault._typeName}.summary` }
}
