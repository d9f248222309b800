import { data } from '#vim25/data.js'
import type { GuestDiskInfo, VirtualDisk, VirtualMachineConfigInfo } from '#vim25/generated/types.js'
import { guestOs } from './guest-os.js'

/** How full a file system is that nobody looks into (deviation 58). */
const FREE = 0.75

/**
 * The file systems that a running guest reports: one per virtual disk and of its size, as a plain installation has them;
 * `/`, `/disk2` ... or `C:\`, `D:\` ... Undefined for a VM without disks.
 */
export function guestDisks({
  guestId,
  hardware,
}: VirtualMachineConfigInfo): readonly GuestDiskInfo[] | undefined {
  const windows = guestOs(guestId)?.family === 'windowsGuest'
  const disks = (hardware.device ?? []).filter(({ _typeName }) => _typeName === 'VirtualDisk')
  if (disks.length === 0) return undefined
  return disks.map((disk, at) => {
    const capacity = Number((disk as VirtualDisk).capacityInKB) * 1024
    return data('GuestDiskInfo', {
      diskPath: windows ? `${String.fromCharCode(67 + at)}:\\` : at === 0 ? '/' : `/disk${at + 1}`,
      capacity,
      freeSpace: Math.floor(capacity * FREE),
      filesystemType: windows ? 'NTFS' : 'ext4',
      mappings: [data('GuestInfoVirtualDiskMapping', { key: disk.key })],
    })
  })
}
