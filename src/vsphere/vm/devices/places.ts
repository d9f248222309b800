import type { Reader } from '#inventory/reader.js'
import { fault } from '#vim25/fault.js'
import type { VirtualController, VirtualDevice } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { classOf, type DeviceClass, placesOn, storageKey } from './classes.js'
import { invalidSpec } from './faults.js'

export interface Placed {
  readonly key: number
  readonly controllerKey?: number | undefined
  readonly unitNumber?: number | undefined
  readonly busNumber?: number
}

/** Key, bus and place of a new controller. A bus number below 0 means any; one that is taken is refused. */
export function placeController(
  devices: readonly VirtualDevice[],
  kind: DeviceClass,
  wanted: VirtualController,
  index: number,
): Placed & { readonly scsiCtlrUnitNumber?: number } {
  const taken = new Set(
    devices
      .filter((device) => classOf(device._typeName) === kind)
      .map((device) => (device as VirtualController).busNumber),
  )
  let bus = wanted.busNumber ?? -1
  if (bus < 0) for (bus = 0; taken.has(bus); ) bus++
  if (taken.has(bus) || bus >= kind.max) throw invalidSpec(index, 'device.busNumber')
  const scsi = isA(wanted._typeName, 'VirtualSCSIController') ? { scsiCtlrUnitNumber: 7 } : {}
  return {
    key: kind.key + bus,
    controllerKey: kind.parent,
    unitNumber: kind.unit === undefined ? undefined : kind.unit + bus,
    busNumber: bus,
    ...scsi,
  }
}

/** Controller, place and key of a new device. Throws MissingController, InvalidController, InvalidDeviceSpec. */
export function placeDevice(
  about: {
    readonly read: Reader
    readonly hardware: number
    readonly devices: readonly VirtualDevice[]
    readonly handles: ReadonlyMap<number, number>
  },
  kind: DeviceClass,
  wanted: VirtualDevice,
  index: number,
): Placed {
  const { devices } = about
  const asked = kind.parent ?? wanted.controllerKey
  if (asked === undefined || (kind.parent === undefined && asked === 0))
    throw fault('MissingController', {
      deviceIndex: index,
      property: 'virtualDeviceSpec.device.controllerKey',
    })
  const controllerKey = kind.parent ?? about.handles.get(asked) ?? asked
  const controller = devices.find((device) => device.key === controllerKey)
  if (!controller || !kind.on.some((type) => isA(controller._typeName, type)))
    throw fault('InvalidController', {
      deviceIndex: index,
      controllerKey: asked,
      property: 'virtualDeviceSpec.device.controllerKey',
    })
  if (kind.parent !== undefined) return numbered(devices, kind, controllerKey)
  const taken = new Set(
    devices.filter((device) => device.controllerKey === controllerKey).map((device) => device.unitNumber),
  )
  const { count, reserved } = placesOn(controller._typeName, about.hardware)
  const fits = (unit: number) => unit < count && unit !== reserved && !taken.has(unit)
  let unit = wanted.unitNumber ?? -1
  if (unit < 0) {
    for (unit = 0; unit < count && !fits(unit); ) unit++
    if (unit >= count) throw fault('TooManyDevices', { property: 'virtualDeviceSpec.device.unitNumber' })
  } else if (!fits(unit)) throw invalidSpec(index, 'device.unitNumber')
  const bus = (controller as VirtualController).busNumber
  return { key: deviceKey(kind, controller._typeName, bus, unit, devices), controllerKey, unitNumber: unit }
}

function deviceKey(
  kind: DeviceClass,
  controllerType: string,
  bus: number,
  unit: number,
  devices: readonly VirtualDevice[],
): number {
  if (isA(controllerType, 'VirtualUSBController') || isA(controllerType, 'VirtualUSBXHCIController'))
    return freeKey(devices, kind.key)
  return kind.type === 'VirtualNVDIMM' ? freeKey(devices, kind.key) : storageKey(controllerType, bus, unit)
}

/** Devices with places of their own: cards, ports, floppies. Key and unit number go together. */
function numbered(devices: readonly VirtualDevice[], kind: DeviceClass, controllerKey: number): Placed {
  const key = freeKey(devices, kind.key)
  return { key, controllerKey, unitNumber: kind.unit === undefined ? undefined : kind.unit + key - kind.key }
}

function freeKey(devices: readonly VirtualDevice[], first: number): number {
  let key = first
  while (devices.some((device) => device.key === key)) key++
  return key
}
