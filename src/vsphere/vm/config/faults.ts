import { fault, type VimFault } from '#vim25/fault.js'

/** A member of the spec that has no such value. `property` is the path below the spec. */
export const badArgument = (property: string): VimFault =>
  fault('InvalidArgument', { invalidProperty: `configSpec.${property}` })

/** A member that this VM, or a VM with the rest of the spec, cannot have. */
export const badConfig = (property: string): VimFault =>
  fault('InvalidVmConfig', { property: `configSpec.${property}` })
