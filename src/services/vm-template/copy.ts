import { VimFault } from '#vim25/fault.js'
import type { ManagedObjectReference, VirtualMachineCloneSpec } from '#vim25/generated/types.js'
import { requirePrivilege } from '#vsphere/authorization/check.js'
import { createCall, type ServiceCall } from '../core/call.js'
import { nameTaken } from './errors.js'

export interface Copy {
  readonly folder: ManagedObjectReference
  readonly name: string
  readonly spec: VirtualMachineCloneSpec
}

/** CloneVM_Task to its end: the identifier of what was made. Throws ALREADY_EXISTS, and whatever the task ends with. */
export async function copyVm(call: ServiceCall, source: string, copy: Copy): Promise<string> {
  try {
    const made = await call.task('VirtualMachine', source, 'CloneVM_Task', copy)
    return made.value
  } catch (error) {
    if (error instanceof VimFault && error.fault._typeName === 'DuplicateName')
      throw nameTaken(copy.name, error)
    throw error
  }
}

/** The same call for work of several steps, which goes on when the client does not wait for its end. */
export function staying({ sandbox, session, client, credentials, release }: ServiceCall): ServiceCall {
  return createCall(sandbox, { session, client, credentials, release })
}

/** Throws NoPermission unless the caller may power on what will be in the folder. */
export function requirePowerOn(
  call: ServiceCall,
  wanted: boolean | undefined,
  folder: ManagedObjectReference,
): void {
  if (wanted) requirePrivilege(call.read, call.session, folder, 'VirtualMachine.Interact.PowerOn')
}

/** Starts what was made, if that is wanted. Nobody waits for it, as documented: what comes of it, its own task tells. */
export function powerOn(call: ServiceCall, wanted: boolean | undefined, vm: string): void {
  if (wanted) call.vim('VirtualMachine', vm, 'PowerOnVM_Task', {})
}
