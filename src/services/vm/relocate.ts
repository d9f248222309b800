import type {
  VcenterVMCloneSpec,
  VcenterVMDiskRelocateSpec,
  VcenterVMRelocateSpec,
} from '#vapi/generated/types.js'
import { data } from '#vim25/data.js'
import type {
  VirtualMachineRelocateSpec,
  VirtualMachineRelocateSpecDiskLocator,
} from '#vim25/generated/types.js'
import { refTo, type ServiceCall } from '../core/call.js'
import { requireObject } from '../core/objects.js'
import { disksOf } from '../storage-policies/assignments.js'
import { deviceNotFound } from './hardware/errors.js'
import { type Placement, type PlacementSpec, placementOf } from './placement.js'
import { requireVm } from './require-vm.js'

/** RelocateVM_Task's spec for one of the Automation API. Throws NOT_FOUND, INVALID_ARGUMENT. */
export function relocation(
  call: ServiceCall,
  vm: string,
  { placement, disks = {} }: VcenterVMRelocateSpec,
): VirtualMachineRelocateSpec {
  requireVm(call, vm)
  return location(call, vm, placement, placementOf(call, placement), disks)
}

/**
 * Where a VM, or the copy of it, goes. A pool that nobody asked for is named only where the VM leaves its own compute
 * resource; else it stays in its pool.
 */
export function location(
  call: ServiceCall,
  vm: string,
  asked: PlacementSpec | undefined,
  { folder, pool, host, datastore }: Placement,
  disks: NonNullable<VcenterVMRelocateSpec['disks'] | VcenterVMCloneSpec['disks_to_update']>,
): VirtualMachineRelocateSpec {
  const disk = Object.entries(disks).flatMap(([key, spec]) => locator(call, vm, key, spec))
  const stays =
    asked?.resource_pool === undefined && pool !== undefined && ownerOf(call, pool.value) === home(call, vm)
  return data('VirtualMachineRelocateSpec', {
    folder,
    pool: stays ? undefined : pool,
    host,
    datastore,
    disk: disk.length > 0 ? disk : undefined,
  })
}

const ownerOf = ({ read }: ServiceCall, pool: string) => read.find('ResourcePool', pool)?.owner.value

function home(call: ServiceCall, vm: string): string | undefined {
  const { resourcePool } = call.read.get('VirtualMachine', vm)
  return resourcePool && ownerOf(call, resourcePool.value)
}

/** A disk that goes elsewhere than the VM; nothing for one of which nothing is said. */
function locator(
  call: ServiceCall,
  vm: string,
  key: string,
  { datastore }: VcenterVMDiskRelocateSpec,
): readonly VirtualMachineRelocateSpecDiskLocator[] {
  if (!disksOf(call.read, vm).has(key)) throw deviceNotFound(key, vm)
  if (datastore === undefined) return []
  requireObject(call, 'Datastore', datastore)
  return [
    data('VirtualMachineRelocateSpecDiskLocator', {
      diskId: Number(key),
      datastore: refTo('Datastore', datastore),
    }),
  ]
}
