import type { CustomizationSpec } from '#vim25/generated/types.js'
import type { ServiceCall } from '../core/call.js'
import { saved } from '../customization/customization-specs.js'

/** The saved specification that a spec names; undefined: none is asked for. Throws NOT_FOUND, and NoPermission. */
export const customizationNamed = (
  call: ServiceCall,
  name: string | undefined,
): CustomizationSpec | undefined => (name === undefined ? undefined : saved(call, name).spec)
