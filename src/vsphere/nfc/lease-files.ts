import type { VirtualDevice, VirtualDisk } from '#vim25/generated/types.js'
import { deviceName } from '../ovf/device-names.js'
import type { LeaseFile } from './records.js'

/**
 * The files of a VM's disks and of the given drives: `disk-0.vmdk`, `disk-1.vmdk`, `file-2.iso` ... numbered on from `first`.
 * `path` is what the import calls the VM.
 */
export function leaseFiles(
  vm: string,
  devices: readonly VirtualDevice[],
  about: { readonly path: string; readonly first: number; readonly drives: ReadonlySet<number> },
): readonly LeaseFile[] {
  return devices
    .filter((device) => device._typeName === 'VirtualDisk' || about.drives.has(device.key))
    .map((device, at) => {
      const disk = device._typeName === 'VirtualDisk'
      const called = deviceName(devices, device) ?? String(device.key)
      const { capacityInBytes, capacityInKB } = device as VirtualDisk
      return {
        name: disk ? `disk-${about.first + at}.vmdk` : `file-${about.first + at}.iso`,
        key: `/${vm}/${called}`,
        importKey: `/${about.path}/${called}`,
        vm,
        device: device.key,
        disk,
        capacity: disk ? Number(capacityInBytes ?? Number(capacityInKB) * 1024) : 0,
      }
    })
}
