import type { VirtualController, VirtualDevice } from '#vim25/generated/types.js'

/** How leases and packages name a disk or drive: `VirtualLsiLogicController0:0`; undefined for what is on no controller. */
export function deviceName(devices: readonly VirtualDevice[], device: VirtualDevice): string | undefined {
  const controller = devices.find(({ key }) => key === device.controllerKey) as VirtualController | undefined
  if (!controller || device.unitNumber === undefined) return undefined
  return `${controller._typeName}${controller.busNumber}:${device.unitNumber}`
}
