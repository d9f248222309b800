import type {
  VcenterVmHardwareEthernetBackingType,
  VcenterVmTemplateLibraryItemsDiskUpdateSpec,
  VcenterVmTemplateLibraryItemsEthernetUpdateSpec,
  VcenterVmTemplateLibraryItemsHardwareCustomizationSpec,
} from '#vapi/generated/types.js'
import { data, patch } from '#vim25/data.js'
import type {
  VirtualDevice,
  VirtualDeviceConfigSpec,
  VirtualDisk,
  VirtualEthernetCard,
  VirtualMachineConfigSpec,
} from '#vim25/generated/types.js'
import type { ServiceCall } from '../core/call.js'
import { requireObject } from '../core/objects.js'
import { edit, remove } from '../vm/hardware/draft.js'
import { deviceNotFound } from '../vm/hardware/errors.js'
import type { DeviceKind } from '../vm/hardware/kind.js'
import { machineOrTemplate } from '../vm/hardware/machine.js'
import { changedNic, nics } from '../vm/hardware/nics.js'
import { invalid } from './errors.js'

export interface HardwareChanges {
  readonly config: VirtualMachineConfigSpec
  readonly deviceChange: readonly VirtualDeviceConfigSpec[]
  /** Keys of disks that the copy does not get. */
  readonly removed: readonly number[]
}

/**
 * What is to be different in a copy of a VM. Throws NOT_FOUND for devices and networks that are not there, INVALID_ARGUMENT
 * for a disk that would not grow, or is to be changed and removed.
 */
export function hardwareChanges(
  call: ServiceCall,
  vm: string,
  spec: VcenterVmTemplateLibraryItemsHardwareCustomizationSpec = {},
  annotation?: string,
): HardwareChanges {
  const { disks_to_remove = [], disks_to_update = {}, cpu_update, memory_update } = spec
  const both = disks_to_remove.find((key) => disks_to_update[key])
  if (both !== undefined) throw invalid('disk_removed_and_updated', both)
  const removed = disks_to_remove.map((key) => deviceIn(call, vm, key, disks))
  return {
    config: data('VirtualMachineConfigSpec', {
      annotation,
      numCPUs: cpu_update?.num_cpus,
      numCoresPerSocket: cpu_update?.num_cores_per_socket,
      memoryMB: memory_update?.memory,
    }),
    deviceChange: [
      ...removed.map(remove),
      ...Object.entries(disks_to_update).map(([key, change]) =>
        edit(grown(deviceIn(call, vm, key, disks) as VirtualDisk, change)),
      ),
      ...Object.entries(spec.nics ?? {}).flatMap(([key, change]) =>
        moved(call, deviceIn(call, vm, key, nics) as VirtualEthernetCard, change),
      ),
    ],
    removed: removed.map(({ key }) => key),
  }
}

/** Any disk, on whatever bus. */
const disks: Pick<DeviceKind<unknown>, 'has'> = { has: ({ _typeName }) => _typeName === 'VirtualDisk' }

function deviceIn(
  call: ServiceCall,
  vm: string,
  id: string,
  kind: Pick<DeviceKind<unknown>, 'has'>,
): VirtualDevice {
  const { devices } = machineOrTemplate(call, vm)
  const found = devices.find((device) => String(device.key) === id && kind.has(device, devices))
  if (!found) throw deviceNotFound(id, vm)
  return found
}

function grown(disk: VirtualDisk, { capacity }: VcenterVmTemplateLibraryItemsDiskUpdateSpec): VirtualDisk {
  const before = Number(disk.capacityInBytes ?? Number(disk.capacityInKB) * 1024)
  if (capacity <= before) throw invalid('disk_not_larger', String(disk.key), String(before), String(capacity))
  return patch(disk, { capacityInBytes: capacity, capacityInKB: Math.floor(capacity / 1024) })
}

const KINDS: Readonly<Record<string, VcenterVmHardwareEthernetBackingType>> = {
  DistributedVirtualPortgroup: 'DISTRIBUTED_PORTGROUP',
  OpaqueNetwork: 'OPAQUE_NETWORK',
}

/** A card on another network. Its address is the copy's own, unless somebody chose it: the clone sees to that. */
function moved(
  call: ServiceCall,
  card: VirtualEthernetCard,
  { network }: VcenterVmTemplateLibraryItemsEthernetUpdateSpec,
): readonly VirtualDeviceConfigSpec[] {
  if (network === undefined) return []
  requireObject(call, 'Network', network)
  const type = KINDS[call.read.ref(network).type] ?? 'STANDARD_PORTGROUP'
  const there = changedNic(call, card, { backing: { type, network } })
  return [edit(patch(there, { macAddress: undefined, addressType: undefined }))]
}
