import { VimFault } from '#vim25/fault.js'
import type { CustomizationSpec } from '#vim25/generated/types.js'
import { MANAGER } from '#vsphere/customization/records.js'
import type { ServiceCall } from '../core/call.js'
import { noSuchSpec } from '../customization/errors.js'

/** The saved specification that a spec names; undefined: none is asked for. Throws NOT_FOUND, and NoPermission. */
export function customizationNamed(
  call: ServiceCall,
  name: string | undefined,
): CustomizationSpec | undefined {
  if (name === undefined) return undefined
  try {
    return call.vim(MANAGER, MANAGER, 'GetCustomizationSpec', { name }).spec
  } catch (error) {
    if (error instanceof VimFault && error.fault._typeName === 'NotFound') throw noSuchSpec(name)
    throw error
  }
}
