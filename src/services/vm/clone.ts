import type { VcenterVMCloneSpec, VcenterVMInstantCloneSpec } from '#vapi/generated/types.js'
import { data, patch } from '#vim25/data.js'
import type {
  ManagedObjectReference,
  VirtualDevice,
  VirtualDeviceConfigSpec,
  VirtualEthernetCard,
  VirtualMachineCloneSpec,
  VirtualMachineInstantCloneSpec,
  VirtualParallelPort,
  VirtualSerialPort,
} from '#vim25/generated/types.js'
import type { ServiceCall } from '../core/call.js'
import { disksOf } from '../storage-policies/assignments.js'
import { customizationNamed } from './customization.js'
import { edit, remove } from './hardware/draft.js'
import { deviceNotFound } from './hardware/errors.js'
import type { DeviceKind } from './hardware/kind.js'
import { changedNic, nics } from './hardware/nics.js'
import { changedParallelPort, parallelPorts } from './hardware/parallel-ports.js'
import { changedSerialPort, serialPorts } from './hardware/serial-ports.js'
import { badPlacement, placementOf } from './placement.js'
import { location } from './relocate.js'
import { requireVm } from './require-vm.js'

export interface CloneArguments {
  readonly folder: ManagedObjectReference
  readonly name: string
  readonly spec: VirtualMachineCloneSpec
}

/** CloneVM_Task's arguments for a spec. Throws NOT_FOUND, INVALID_ARGUMENT. */
export function cloneArguments(call: ServiceCall, spec: VcenterVMCloneSpec): CloneArguments {
  const { source, placement, disks_to_remove = [], disks_to_update = {}, guest_customization_spec } = spec
  const { parent } = requireVm(call, source)
  const place = placementOf(call, placement)
  const folder = place.folder ?? parent
  if (!folder || disks_to_remove.some((disk) => disks_to_update[disk])) throw badPlacement()
  const customization = customizationNamed(call, guest_customization_spec?.name)
  const deviceChange = disks_to_remove.map((disk) => removal(call, source, disk))
  return {
    folder,
    name: spec.name,
    spec: data('VirtualMachineCloneSpec', {
      location: patch(location(call, source, placement, place, disks_to_update), {
        folder: undefined,
        deviceChange: deviceChange.length > 0 ? deviceChange : undefined,
      }),
      template: false,
      powerOn: spec.power_on ?? false,
      customization,
    }),
  }
}

/** InstantClone_Task's spec. Throws NOT_FOUND, INVALID_ARGUMENT. */
export function instantCloneSpec(
  call: ServiceCall,
  spec: VcenterVMInstantCloneSpec,
): VirtualMachineInstantCloneSpec {
  const { source, placement, disconnect_all_nics = false } = spec
  const { parent } = requireVm(call, source)
  const place = placementOf(call, placement)
  const deviceChange = [
    ...changed(call, source, nics, spec.nics_to_update, (device, change) =>
      changedNic(call, device as VirtualEthernetCard, change),
    ),
    ...changed(call, source, parallelPorts, spec.parallel_ports_to_update, (device, change) =>
      changedParallelPort(device as VirtualParallelPort, change),
    ),
    ...changed(call, source, serialPorts, spec.serial_ports_to_update, (device, change) =>
      changedSerialPort(device as VirtualSerialPort, change),
    ),
  ]
  const all = disconnect_all_nics ? disconnected(call, source, deviceChange) : deviceChange
  return data('VirtualMachineInstantCloneSpec', {
    name: spec.name,
    location: data('VirtualMachineRelocateSpec', {
      folder: place.folder ?? parent,
      pool: place.pool,
      datastore: place.datastore,
      deviceChange: all.length > 0 ? all : undefined,
    }),
    biosUuid: spec.bios_uuid,
  })
}

const devicesIn = ({ read }: ServiceCall, vm: string): readonly VirtualDevice[] =>
  read.get('VirtualMachine', vm).config?.hardware.device ?? []

function removal(call: ServiceCall, vm: string, key: string): VirtualDeviceConfigSpec {
  const disk = devicesIn(call, vm).find((device) => String(device.key) === key)
  if (!disk || !disksOf(call.read, vm).has(key)) throw deviceNotFound(key, vm)
  return remove(disk)
}

/** Devices of one kind as the copy is to have them. Throws NOT_FOUND for one that the source does not have. */
function changed<C>(
  call: ServiceCall,
  vm: string,
  kind: DeviceKind<unknown>,
  changes: Readonly<Record<string, C>> | undefined,
  apply: (device: VirtualDevice, change: C) => VirtualDevice,
): readonly VirtualDeviceConfigSpec[] {
  const devices = devicesIn(call, vm)
  return Object.entries(changes ?? {}).map(([key, change]) => {
    const device = devices.find((each) => String(each.key) === key && kind.has(each, devices))
    if (!device) throw deviceNotFound(key, vm)
    return edit(apply(device, change))
  })
}

/** The same changes with every card of the copy unplugged. */
function disconnected(
  call: ServiceCall,
  vm: string,
  changes: readonly VirtualDeviceConfigSpec[],
): readonly VirtualDeviceConfigSpec[] {
  const devices = devicesIn(call, vm)
  const cards = devices.filter((device) => nics.has(device, devices))
  const others = changes.filter(({ device }) => !cards.some(({ key }) => key === device.key))
  const edited = new Map(changes.map(({ device }) => [device.key, device]))
  return [...others, ...cards.map((card) => edit(unplugged(edited.get(card.key) ?? card)))]
}

const unplugged = (device: VirtualDevice): VirtualDevice =>
  patch(device, {
    connectable: data('VirtualDeviceConnectInfo', {
      allowGuestControl: true,
      ...device.connectable,
      startConnected: false,
      connected: false,
    }),
  })
