import type { VcenterVMCreateSpec } from '#vapi/generated/types.js'
import { data } from '#vim25/data.js'
import type {
  VirtualDeviceConfigSpec,
  VirtualMachineBootOptionsBootableDevice,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { DEFAULT_DEVICES } from '#vsphere/vm/devices/defaults.js'
import type { ServiceCall } from '../../core/call.js'
import { addAdapter } from './adapters.js'
import { type Bus, placeAll } from './addresses.js'
import { bootDisk, bootNic } from './boot-order.js'
import { addCdrom, cdromBus } from './cdroms.js'
import { addDisk, diskBus } from './disks.js'
import { createDraft } from './draft.js'
import { addFloppy } from './floppies.js'
import { addNic } from './nics.js'
import { addParallelPort } from './parallel-ports.js'
import { addSerialPort } from './serial-ports.js'
import { addScsiAdapter } from './storage-adapters.js'

/** The parts of a VM's spec that are devices. */
export type DevicesSpec = Pick<
  VcenterVMCreateSpec,
  | 'disks'
  | 'nics'
  | 'cdroms'
  | 'floppies'
  | 'parallel_ports'
  | 'serial_ports'
  | 'sata_adapters'
  | 'scsi_adapters'
  | 'nvme_adapters'
>

/** What the devices of a new VM depend on. */
export interface NewVm {
  /** vim25's: `debian12_64Guest`. */
  readonly guestId: string
  /** 21 for VMX_21. */
  readonly hardware: number
  /** A host where the VM may run: cards of which the spec names no network get one of this host's. */
  readonly host?: string | undefined
}

/**
 * The devices of a new VM for CreateVM_Task (`deviceChange`), with the keys that they will have. Without `disks` it gets one
 * blank disk as its guest likes; adapters of a kind that the spec does not list are made where disks and drives need them.
 * Throws INVALID_ARGUMENT, NOT_FOUND, RESOURCE_IN_USE, UNABLE_TO_ALLOCATE_RESOURCE.
 */
export function devicesOf(
  call: ServiceCall,
  vm: NewVm,
  spec: DevicesSpec,
): readonly VirtualDeviceConfigSpec[] {
  const listed: readonly (readonly [Bus, unknown])[] = [
    ['SCSI', spec.scsi_adapters],
    ['SATA', spec.sata_adapters],
    ['NVME', spec.nvme_adapters],
  ]
  const makes = new Set(listed.filter(([, adapters]) => adapters === undefined).map(([bus]) => bus))
  const draft = createDraft(call, { ...vm, makes, devices: DEFAULT_DEVICES })
  for (const adapter of byBus(spec.scsi_adapters)) addScsiAdapter(draft, adapter)
  for (const adapter of byBus(spec.sata_adapters)) addAdapter(draft, 'VirtualAHCIController', adapter)
  for (const adapter of byBus(spec.nvme_adapters)) addAdapter(draft, 'VirtualNVMEController', adapter)
  const disks = spec.disks ?? [{ new_vmdk: {} }]
  placeAll(
    draft,
    disks,
    () => diskBus(draft),
    (disk, at) => addDisk(draft, disk, at),
  )
  placeAll(
    draft,
    spec.cdroms ?? [],
    () => cdromBus(draft),
    (cdrom, at) => addCdrom(draft, cdrom, at),
  )
  for (const floppy of spec.floppies ?? []) addFloppy(draft, floppy)
  for (const nic of spec.nics ?? []) addNic(draft, nic)
  for (const port of spec.serial_ports ?? []) addSerialPort(draft, port)
  for (const port of spec.parallel_ports ?? []) addParallelPort(draft, port)
  return draft.changes
}

/** Those that name their bus first, so that no other gets it. */
function byBus<A extends { readonly bus?: number | undefined }>(adapters: readonly A[] = []): readonly A[] {
  return [...adapters].sort((a, b) => Number(a.bus === undefined) - Number(b.bus === undefined))
}

/** `boot_devices` of a new VM as its boot order: for each entry all of the VM's devices of that type. */
export function bootOrderOf(
  entries: NonNullable<VcenterVMCreateSpec['boot_devices']>,
  devices: readonly VirtualDeviceConfigSpec[],
): readonly VirtualMachineBootOptionsBootableDevice[] {
  const keys = (type: string) =>
    devices.filter(({ device }) => isA(device._typeName, type)).map(({ device }) => device.key)
  return entries.flatMap(({ type }) => {
    if (type === 'CDROM') return [data('VirtualMachineBootOptionsBootableCdromDevice', {})]
    if (type === 'FLOPPY') return [data('VirtualMachineBootOptionsBootableFloppyDevice', {})]
    return type === 'DISK' ? keys('VirtualDisk').map(bootDisk) : keys('VirtualEthernetCard').map(bootNic)
  })
}
