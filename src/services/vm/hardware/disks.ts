import type {
  VcenterVmHardwareDiskCreateSpec,
  VcenterVmHardwareDiskInfo,
  VcenterVmHardwareDiskUpdateSpec,
} from '#vapi/generated/types.js'
import { data } from '#vim25/data.js'
import type {
  VirtualDeviceConfigSpec,
  VirtualDeviceFileBackingInfo,
  VirtualDisk,
} from '#vim25/generated/types.js'
import { addressInfo, addressOf, type Bus, busOfType, type Place } from './addresses.js'
import { added, type Draft, remove } from './draft.js'
import { invalid } from './errors.js'
import { type DeviceKind, labelOf } from './kind.js'

export const disks: DeviceKind<VcenterVmHardwareDiskInfo> = {
  has: (device, devices) => device._typeName === 'VirtualDisk' && addressOf(device, devices) !== undefined,
  info(device, devices) {
    const disk = device as VirtualDisk
    const address = addressOf(disk, devices) ?? { bus: 'SCSI', number: 0, unit: 0 }
    const { fileName } = (disk.backing ?? {}) as Partial<VirtualDeviceFileBackingInfo>
    return {
      label: labelOf(disk),
      type: address.bus,
      ...addressInfo(address),
      backing: { type: 'VMDK_FILE', vmdk_file: fileName ?? '' },
      capacity: Number(disk.capacityInBytes ?? Number(disk.capacityInKB) * 1024),
    }
  },
}

/** The bus that a guest's disks are on unless the client wants another. */
export const diskBus = (draft: Draft): Bus => busOfType(draft.guest.diskController) ?? 'SCSI'

/**
 * A disk with a new file in the VM's directory, or with one that is there already; exactly one of both must be asked for.
 * Throws INVALID_ARGUMENT.
 */
export function addDisk(draft: Draft, spec: VcenterVmHardwareDiskCreateSpec, at: Place): VirtualDisk {
  const { backing, new_vmdk } = spec
  if ((backing === undefined) === (new_vmdk === undefined))
    throw invalid('disk.backing_or_new_vmdk', 'Exactly one of backing and new_vmdk must be set for a disk.')
  if (!new_vmdk) return added(draft, diskWith(backing?.vmdk_file ?? '', at, 0))
  const { name, capacity = draft.guest.diskMB * 2 ** 20, storage_policy } = new_vmdk
  // Relative to the VM's directory; no name: the VM's own, with a number.
  const fileName = name === undefined ? '' : `${requireBaseName(name)}.vmdk`
  const profile = storage_policy && [
    data('VirtualMachineDefinedProfileSpec', { profileId: storage_policy.policy }),
  ]
  return added(draft, diskWith(fileName, at, capacity), { fileOperation: 'create', profile })
}

function requireBaseName(name: string): string {
  if (name === '' || /[/\\[\]]/.test(name))
    throw invalid('disk.invalid_vmdk_name', "'{0}' is not the base name of a VMDK file.", [name])
  return name.replace(/\.vmdk$/, '')
}

function diskWith(fileName: string, at: Place, capacity: number): VirtualDisk {
  return data('VirtualDisk', {
    ...at,
    backing: data('VirtualDiskFlatVer2BackingInfo', { fileName, diskMode: 'persistent' }),
    capacityInKB: Math.floor(capacity / 1024),
    capacityInBytes: capacity,
  })
}

/** Another file in the disk's place; the old one stays where it is. */
export function changedDisk(
  { key, controllerKey = 0, unitNumber = 0, ...rest }: VirtualDisk,
  { backing }: VcenterVmHardwareDiskUpdateSpec,
): readonly VirtualDeviceConfigSpec[] {
  const { fileName } = (rest.backing ?? {}) as Partial<VirtualDeviceFileBackingInfo>
  if (backing?.vmdk_file === undefined || backing.vmdk_file === fileName) return []
  const old = { ...rest, key, controllerKey, unitNumber } as VirtualDisk
  const device = diskWith(backing.vmdk_file, { key, controllerKey, unitNumber }, 0)
  return [remove(old), data('VirtualDeviceConfigSpec', { operation: 'add', device })]
}
