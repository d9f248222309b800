import type {
  VcenterVmHardwareFloppyBackingInfo,
  VcenterVmHardwareFloppyBackingSpec,
  VcenterVmHardwareFloppyCreateSpec,
  VcenterVmHardwareFloppyInfo,
  VcenterVmHardwareFloppyUpdateSpec,
} from '#vapi/generated/types.js'
import { data, patch } from '#vim25/data.js'
import type {
  VirtualDeviceBackingInfo,
  VirtualDeviceFileBackingInfo,
  VirtualFloppy,
} from '#vim25/generated/types.js'
import { changedConnection, connectionInfo, newConnection } from './connection.js'
import { added, type Draft, nextKey } from './draft.js'
import { hostDevice, hostDeviceInfo } from './host-device.js'
import { type DeviceKind, labelOf } from './kind.js'

export const floppies: DeviceKind<VcenterVmHardwareFloppyInfo> = {
  has: (device) => device._typeName === 'VirtualFloppy',
  info: (device) => ({
    label: labelOf(device),
    backing: floppyBackingInfo(device.backing),
    ...connectionInfo(device),
  }),
}

function floppyBackingInfo(
  backing: VirtualDeviceBackingInfo | undefined,
): VcenterVmHardwareFloppyBackingInfo {
  switch (backing?._typeName) {
    case 'VirtualFloppyImageBackingInfo':
      return { type: 'IMAGE_FILE', image_file: (backing as VirtualDeviceFileBackingInfo).fileName }
    case 'VirtualFloppyDeviceBackingInfo':
      return { type: 'HOST_DEVICE', ...hostDeviceInfo(backing) }
    default:
      return { type: 'CLIENT_DEVICE' }
  }
}

/** What is in the drive; unset: whatever drive of the host is found. */
function floppyBacking(spec: VcenterVmHardwareFloppyBackingSpec | undefined): VirtualDeviceBackingInfo {
  switch (spec?.type) {
    case 'IMAGE_FILE':
      return data('VirtualFloppyImageBackingInfo', { fileName: spec.image_file ?? '' })
    case 'CLIENT_DEVICE':
      return data('VirtualFloppyRemoteDeviceBackingInfo', { deviceName: '', useAutoDetect: false })
    default:
      return data('VirtualFloppyDeviceBackingInfo', hostDevice(spec?.host_device))
  }
}

export function addFloppy(draft: Draft, spec: VcenterVmHardwareFloppyCreateSpec): VirtualFloppy {
  return added(
    draft,
    data('VirtualFloppy', {
      key: nextKey(draft, 8000),
      controllerKey: 400,
      backing: floppyBacking(spec.backing),
      connectable: newConnection(spec),
    }),
  )
}

export function changedFloppy(old: VirtualFloppy, spec: VcenterVmHardwareFloppyUpdateSpec): VirtualFloppy {
  return patch(old, {
    backing: spec.backing ? floppyBacking(spec.backing) : old.backing,
    connectable: changedConnection(old, spec),
  })
}
