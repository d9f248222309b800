import { data, dataObject } from '#vim25/data.js'
import type {
  VirtualController,
  VirtualDevice,
  VirtualDeviceBusSlotInfo,
  VirtualDevicePciBusSlotInfo,
  VirtualSCSISharing,
} from '#vim25/generated/types.js'
import { classOf } from '#vsphere/vm/devices/classes.js'
import type { Bus } from './addresses.js'
import { added, type Draft } from './draft.js'
import { addressInUse, invalidAddress, noAddress } from './errors.js'

/** The adapter that a bus gets when a device needs one. */
export function makeAdapter(draft: Draft, bus: Bus, busNumber?: number): VirtualController {
  const type = {
    SCSI: draft.guest.scsiController,
    SATA: 'VirtualAHCIController',
    NVME: 'VirtualNVMEController',
  }
  if (bus === 'IDE') throw noAddress(bus)
  return addAdapter(draft, type[bus], { bus: busNumber })
}

export interface AdapterWish {
  readonly bus?: number | undefined
  readonly pci_slot_number?: number | undefined
  readonly sharedBus?: VirtualSCSISharing | undefined
}

/**
 * An adapter of this vim25 type on the bus that is wanted, or the first free one. Throws RESOURCE_IN_USE for a bus or PCI
 * slot that is taken, INVALID_ARGUMENT for a bus that there is not, UNABLE_TO_ALLOCATE_RESOURCE where all are taken.
 */
export function addAdapter(draft: Draft, type: string, wish: AdapterWish): VirtualController {
  const kind = classOf(type)
  if (!kind) throw new Error(`There is no adapter ${type}.`)
  const taken = new Set(
    draft.devices
      .filter((device) => classOf(device._typeName) === kind)
      .map((device) => (device as VirtualController).busNumber),
  )
  let bus = wish.bus ?? 0
  if (wish.bus === undefined) while (taken.has(bus)) bus++
  const name = kind.label.replace(/ controller.*/, '')
  if (bus < 0 || bus >= kind.max)
    throw wish.bus === undefined ? noAddress(name) : invalidAddress(name, String(bus))
  if (taken.has(bus)) throw addressInUse(name, String(bus))
  const scsi = name === 'SCSI' ? { sharedBus: wish.sharedBus ?? 'noSharing' } : {}
  return added(
    draft,
    dataObject(type, {
      key: kind.key + bus,
      busNumber: bus,
      slotInfo: slotOf(draft, wish.pci_slot_number),
      ...scsi,
    }) as VirtualController,
  )
}

/** The PCI slot that a client wants; chosen at power-on when it wants none. Throws RESOURCE_IN_USE. */
export function slotOf(draft: Draft, slot: number | undefined): VirtualDevicePciBusSlotInfo | undefined {
  if (slot === undefined) return undefined
  if (draft.devices.some((device) => pciSlot(device) === slot)) throw addressInUse('PCI', String(slot))
  return data('VirtualDevicePciBusSlotInfo', { pciSlotNumber: slot })
}

/** The PCI slot that a device has; undefined until its VM was powered on for the first time. */
export function pciSlot({
  slotInfo,
}: {
  readonly slotInfo?: VirtualDeviceBusSlotInfo | undefined
}): number | undefined {
  return (slotInfo as Partial<VirtualDevicePciBusSlotInfo> | undefined)?.pciSlotNumber
}

export const slotInfo = (device: VirtualDevice): { readonly pci_slot_number?: number } => {
  const slot = pciSlot(device)
  return slot === undefined ? {} : { pci_slot_number: slot }
}
