import { data, patch } from '#vim25/data.js'
import type { VirtualDevice, VirtualMachineConfigInfo } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'

/** PCI slot numbers that the virtual chipset gives at the first power-on: for one device of a kind, and for the next. */
const FIRST: readonly (readonly [type: string, slots: readonly number[]])[] = [
  ['ParaVirtualSCSIController', [160, 224, 256, 1184]],
  ['VirtualLsiLogicSASController', [160, 224, 256, 1184]],
  ['VirtualSCSIController', [16, 37, 38, 39]],
  ['VirtualVmxnet3', [192, 224, 256, 1184, 1216, 1248, 1280, 1312, 1344, 1376]],
  ['VirtualEthernetCard', [32, 33, 34, 35, 36, 37, 38, 39, 40, 41]],
  ['VirtualSATAController', [33, 34, 35, 36]],
  ['VirtualNVMEController', [1184, 1216, 1248, 1280]],
  ['VirtualUSBXHCIController', [192, 224]],
  ['VirtualUSBController', [34, 35]],
  ['VirtualSoundCard', [36]],
]

/** The configuration with a slot number for every PCI device that has none yet; itself when all have. */
export function assignSlots(config: VirtualMachineConfigInfo): VirtualMachineConfigInfo {
  const devices = config.hardware.device ?? []
  const pending = devices.filter(needsSlot)
  if (pending.length === 0) return config
  const taken = new Set(devices.map(slotOf))
  const fresh = devices.map((device) => (needsSlot(device) ? withSlot(device, free(device, taken)) : device))
  return patch(config, { hardware: patch(config.hardware, { device: fresh }) })
}

const slotOf = (device: VirtualDevice) =>
  (device.slotInfo as { pciSlotNumber?: number } | undefined)?.pciSlotNumber

function needsSlot(device: VirtualDevice): boolean {
  return slotOf(device) === undefined && FIRST.some(([type]) => isA(device._typeName, type))
}

function free(device: VirtualDevice, taken: Set<number | undefined>): number {
  const slots = FIRST.find(([type]) => isA(device._typeName, type))?.[1] ?? []
  let slot = slots.find((each) => !taken.has(each)) ?? 1408
  while (taken.has(slot)) slot += 32
  taken.add(slot)
  return slot
}

const withSlot = (device: VirtualDevice, pciSlotNumber: number): VirtualDevice =>
  patch(device, { slotInfo: data('VirtualDevicePciBusSlotInfo', { pciSlotNumber }) })
