import type { VcenterVmHardwareBootDeviceEntry } from '#vapi/generated/types.js'
import { data } from '#vim25/data.js'
import type {
  VirtualDevice,
  VirtualMachineBootOptionsBootableDevice,
  VirtualMachineBootOptionsBootableDiskDevice,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { deviceNotFound, invalid } from './errors.js'

export const bootDisk = (deviceKey: number) =>
  data('VirtualMachineBootOptionsBootableDiskDevice', { deviceKey })

export const bootNic = (deviceKey: number) =>
  data('VirtualMachineBootOptionsBootableEthernetDevice', { deviceKey })

/** The boot order as entries; disks that follow each other are one. Empty: the firmware's own order. */
export function bootEntries(
  order: readonly VirtualMachineBootOptionsBootableDevice[] = [],
): readonly VcenterVmHardwareBootDeviceEntry[] {
  const entries: (VcenterVmHardwareBootDeviceEntry & { readonly disks?: string[] | undefined })[] = []
  for (const device of order) {
    const key = String((device as Partial<VirtualMachineBootOptionsBootableDiskDevice>).deviceKey)
    const last = entries.at(-1)
    if (device._typeName === 'VirtualMachineBootOptionsBootableCdromDevice') entries.push({ type: 'CDROM' })
    else if (device._typeName === 'VirtualMachineBootOptionsBootableFloppyDevice')
      entries.push({ type: 'FLOPPY' })
    else if (device._typeName === 'VirtualMachineBootOptionsBootableEthernetDevice')
      entries.push({ type: 'ETHERNET', nic: key })
    else if (last?.disks) last.disks.push(key)
    else entries.push({ type: 'DISK', disks: [key] })
  }
  return entries
}

/**
 * Entries as a boot order. Each type but ETHERNET can be there once, each device too. Throws INVALID_ARGUMENT, and NOT_FOUND for
 * a device that the VM does not have.
 */
export function bootOrder(
  entries: readonly VcenterVmHardwareBootDeviceEntry[],
  devices: readonly VirtualDevice[],
  vm: string,
): readonly VirtualMachineBootOptionsBootableDevice[] {
  const types = entries.map(({ type }) => type).filter((type) => type !== 'ETHERNET')
  const named = entries.flatMap(({ nic, disks = [] }) => (nic === undefined ? disks : [nic, ...disks]))
  if (hasTwins(types) || hasTwins(named))
    throw invalid('boot.device.duplicate', 'The boot devices name a device or a type of device twice.')
  const requireKey = (id: string, has: (device: VirtualDevice) => boolean): number => {
    const found = devices.find((device) => String(device.key) === id && has(device))
    if (!found) throw deviceNotFound(id, vm)
    return found.key
  }
  return entries.flatMap(
    ({ type, nic = '', disks = [] }): readonly VirtualMachineBootOptionsBootableDevice[] => {
      if (type === 'CDROM') return [data('VirtualMachineBootOptionsBootableCdromDevice', {})]
      if (type === 'FLOPPY') return [data('VirtualMachineBootOptionsBootableFloppyDevice', {})]
      if (type === 'DISK') return disks.map((id) => bootDisk(requireKey(id, isDisk)))
      return [bootNic(requireKey(nic, isNic))]
    },
  )
}

const isDisk = ({ _typeName }: VirtualDevice) => _typeName === 'VirtualDisk'

const isNic = ({ _typeName }: VirtualDevice) => isA(_typeName, 'VirtualEthernetCard')

const hasTwins = (values: readonly string[]): boolean => new Set(values).size < values.length
