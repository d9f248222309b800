import { data } from '#vim25/data.js'
import type { ManagedObjectReference, ResourceConfigSpec } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { reconfigure } from './reconfigure.js'

/** A VM's reservations, limits and shares changed through its pool: the same as by ReconfigVM_Task. */
export function reallocateVm(ctx: Context, vm: ManagedObjectReference, spec: ResourceConfigSpec): void {
  reconfigure(
    ctx,
    vm,
    data('VirtualMachineConfigSpec', {
      cpuAllocation: spec.cpuAllocation,
      memoryAllocation: spec.memoryAllocation,
    }),
  )
  emit(ctx, 'VmResourceReallocatedEvent', { entity: vm, template: false })
}
