import type { VcenterVmGuestLocalFilesystemInfo } from '#vapi/generated/types.js'
import type { GuestDiskInfo } from '#vim25/generated/types.js'
import { service } from '../../core/service.js'
import { noInformation, requireGuest } from './tools-state.js'

export const localFilesystem = service('com.vmware.vcenter.vm.guest.local_filesystem', {
  get(call, { vm }) {
    const { disk } = requireGuest(call, vm).guest
    if (!disk || disk.length === 0) throw noInformation(call, vm)
    return Object.fromEntries(disk.map((each) => [each.diskPath ?? '', infoOf(each)]))
  },
})

function infoOf({
  capacity,
  freeSpace,
  filesystemType,
  mappings,
}: GuestDiskInfo): VcenterVmGuestLocalFilesystemInfo {
  return {
    capacity: Number(capacity ?? 0),
    free_space: Number(freeSpace ?? 0),
    ...(filesystemType !== undefined && { filesystem: filesystemType }),
    ...(mappings && { mappings: mappings.map(({ key }) => ({ disk: String(key) })) }),
  }
}
