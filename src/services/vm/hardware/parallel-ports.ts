import type {
  VcenterVmHardwareParallelBackingInfo,
  VcenterVmHardwareParallelBackingSpec,
  VcenterVmHardwareParallelCreateSpec,
  VcenterVmHardwareParallelInfo,
  VcenterVmHardwareParallelUpdateSpec,
} from '#vapi/generated/types.js'
import { data, patch } from '#vim25/data.js'
import type {
  VirtualDeviceBackingInfo,
  VirtualDeviceFileBackingInfo,
  VirtualParallelPort,
} from '#vim25/generated/types.js'
import { changedConnection, connectionInfo, newConnection } from './connection.js'
import { added, type Draft, nextKey } from './draft.js'
import { hostDevice, hostDeviceInfo } from './host-device.js'
import { type DeviceKind, labelOf } from './kind.js'

export const parallelPorts: DeviceKind<VcenterVmHardwareParallelInfo> = {
  has: (device) => device._typeName === 'VirtualParallelPort',
  info: (device) => ({
    label: labelOf(device),
    backing: parallelBackingInfo(device.backing),
    ...connectionInfo(device),
  }),
}

function parallelBackingInfo(
  backing: VirtualDeviceBackingInfo | undefined,
): VcenterVmHardwareParallelBackingInfo {
  if (backing?._typeName === 'VirtualParallelPortFileBackingInfo')
    return { type: 'FILE', file: (backing as VirtualDeviceFileBackingInfo).fileName }
  return { type: 'HOST_DEVICE', ...(backing ? hostDeviceInfo(backing) : { auto_detect: true }) }
}

/** Where the port goes; unset: whatever port of the host is found. */
function parallelBacking(spec: VcenterVmHardwareParallelBackingSpec | undefined): VirtualDeviceBackingInfo {
  return spec?.type === 'FILE'
    ? data('VirtualParallelPortFileBackingInfo', { fileName: spec.file ?? '' })
    : data('VirtualParallelPortDeviceBackingInfo', hostDevice(spec?.host_device))
}

export function addParallelPort(
  draft: Draft,
  spec: VcenterVmHardwareParallelCreateSpec,
): VirtualParallelPort {
  return added(
    draft,
    data('VirtualParallelPort', {
      key: nextKey(draft, 10_000),
      controllerKey: 400,
      backing: parallelBacking(spec.backing),
      connectable: newConnection(spec),
    }),
  )
}

export function changedParallelPort(
  old: VirtualParallelPort,
  spec: VcenterVmHardwareParallelUpdateSpec,
): VirtualParallelPort {
  return patch(old, {
    backing: spec.backing ? parallelBacking(spec.backing) : old.backing,
    connectable: changedConnection(old, spec),
  })
}
