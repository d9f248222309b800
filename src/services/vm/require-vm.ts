import { VapiError } from '#vapi/error.js'
import { releaseIndex } from '#vapi/release.js'
import type { ManagedTypes } from '#vim25/generated/types.js'
import type { ServiceCall } from '../core/call.js'
import { notFoundMessage, requireObject } from '../core/objects.js'

/** From here on templates are no virtual machines to the Automation API (govmomi issue 3693, recorded on 7.0.3; 6.7 shows them). */
const WITHOUT_TEMPLATES = releaseIndex('7.0.0.0')

/** The virtual machine that an operation works on. Throws NOT_FOUND, also for a template; UNAUTHORIZED. */
export function requireVm(call: ServiceCall, id: string): Readonly<ManagedTypes['VirtualMachine']> {
  const vm = requireObject(call, 'VirtualMachine', id)
  if (vm.config?.template && call.release >= WITHOUT_TEMPLATES)
    throw new VapiError('NOT_FOUND', [
      notFoundMessage('VirtualMachine', id, call.sandbox.services.identity.instanceUuid),
    ])
  return vm
}
