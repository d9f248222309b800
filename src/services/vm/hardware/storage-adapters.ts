import type {
  VcenterVmHardwareAdapterNvmeInfo,
  VcenterVmHardwareAdapterSataInfo,
  VcenterVmHardwareAdapterScsiCreateSpec,
  VcenterVmHardwareAdapterScsiInfo,
  VcenterVmHardwareAdapterScsiSharing,
  VcenterVmHardwareAdapterScsiType,
} from '#vapi/generated/types.js'
import type { VirtualController, VirtualSCSIController, VirtualSCSISharing } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { addAdapter, slotInfo } from './adapters.js'
import type { Draft } from './draft.js'
import { type DeviceKind, labelOf } from './kind.js'

const SCSI_TYPES: Readonly<Record<string, VcenterVmHardwareAdapterScsiType>> = {
  VirtualBusLogicController: 'BUSLOGIC',
  VirtualLsiLogicController: 'LSILOGIC',
  VirtualLsiLogicSASController: 'LSILOGICSAS',
  ParaVirtualSCSIController: 'PVSCSI',
}

const SHARING: Readonly<Record<VirtualSCSISharing, VcenterVmHardwareAdapterScsiSharing>> = {
  noSharing: 'NONE',
  virtualSharing: 'VIRTUAL',
  physicalSharing: 'PHYSICAL',
}

/** The vim25 name of who may share the adapter's bus. */
export function sharedBus(sharing: VcenterVmHardwareAdapterScsiSharing): VirtualSCSISharing {
  const names = Object.keys(SHARING) as readonly VirtualSCSISharing[]
  return names.find((name) => SHARING[name] === sharing) ?? 'noSharing'
}

export const scsiAdapters: DeviceKind<VcenterVmHardwareAdapterScsiInfo> = {
  has: (device) => SCSI_TYPES[device._typeName] !== undefined,
  info(device) {
    const adapter = device as VirtualSCSIController
    return {
      scsi: { bus: adapter.busNumber, unit: adapter.scsiCtlrUnitNumber ?? 7 },
      ...slotInfo(adapter),
      label: labelOf(adapter),
      type: SCSI_TYPES[adapter._typeName] ?? 'LSILOGIC',
      sharing: SHARING[adapter.sharedBus],
    }
  },
}

export const sataAdapters: DeviceKind<VcenterVmHardwareAdapterSataInfo> = {
  has: (device) => isA(device._typeName, 'VirtualSATAController'),
  info: (device) => ({
    bus: (device as VirtualController).busNumber,
    ...slotInfo(device),
    label: labelOf(device),
    type: 'AHCI',
  }),
}

export const nvmeAdapters: DeviceKind<VcenterVmHardwareAdapterNvmeInfo> = {
  has: (device) => device._typeName === 'VirtualNVMEController',
  info: (device) => ({
    bus: (device as VirtualController).busNumber,
    ...slotInfo(device),
    label: labelOf(device),
  }),
}

/** Of the type that the guest's disks want, unless another is asked for. */
export function addScsiAdapter(
  draft: Draft,
  { type, bus, pci_slot_number, sharing }: VcenterVmHardwareAdapterScsiCreateSpec,
): VirtualController {
  const name = Object.keys(SCSI_TYPES).find((each) => SCSI_TYPES[each] === type)
  return addAdapter(draft, name ?? draft.guest.scsiController, {
    bus,
    pci_slot_number,
    sharedBus: sharing && sharedBus(sharing),
  })
}
