import type {
  VcenterVmHardwareCdromBackingInfo,
  VcenterVmHardwareCdromBackingSpec,
  VcenterVmHardwareCdromCreateSpec,
  VcenterVmHardwareCdromInfo,
  VcenterVmHardwareCdromUpdateSpec,
} from '#vapi/generated/types.js'
import { data, patch } from '#vim25/data.js'
import type {
  VirtualCdrom,
  VirtualCdromPassthroughBackingInfo,
  VirtualDeviceBackingInfo,
  VirtualDeviceFileBackingInfo,
} from '#vim25/generated/types.js'
import { addressInfo, addressOf, type Bus, type Place } from './addresses.js'
import { changedConnection, connectionInfo, newConnection } from './connection.js'
import { added, type Draft } from './draft.js'
import { hostDevice, hostDeviceInfo } from './host-device.js'
import { type DeviceKind, labelOf } from './kind.js'

/** Drives on IDE and SATA; the Automation API has no word for others. */
export const cdroms: DeviceKind<VcenterVmHardwareCdromInfo> = {
  has: (device, devices) =>
    device._typeName === 'VirtualCdrom' && /IDE|SATA/.test(addressOf(device, devices)?.bus ?? ''),
  info(device, devices) {
    const address = addressOf(device, devices) ?? { bus: 'IDE', number: 0, unit: 0 }
    return {
      type: address.bus === 'SATA' ? 'SATA' : 'IDE',
      label: labelOf(device),
      ...addressInfo(address),
      backing: cdromBackingInfo(device.backing),
      ...connectionInfo(device),
    }
  },
}

export function cdromBackingInfo(
  backing: VirtualDeviceBackingInfo | undefined,
): VcenterVmHardwareCdromBackingInfo {
  const { exclusive } = (backing ?? {}) as Partial<VirtualCdromPassthroughBackingInfo>
  const passthrough = exclusive ? 'PASSTHRU_EXCLUSIVE' : 'PASSTHRU'
  switch (backing?._typeName) {
    case 'VirtualCdromIsoBackingInfo':
      return { type: 'ISO_FILE', iso_file: (backing as VirtualDeviceFileBackingInfo).fileName }
    case 'VirtualCdromAtapiBackingInfo':
      return { type: 'HOST_DEVICE', ...hostDeviceInfo(backing), device_access_type: 'EMULATION' }
    case 'VirtualCdromPassthroughBackingInfo':
      return { type: 'HOST_DEVICE', ...hostDeviceInfo(backing), device_access_type: passthrough }
    case 'VirtualCdromRemoteAtapiBackingInfo':
      return { type: 'CLIENT_DEVICE', device_access_type: 'EMULATION' }
    default:
      return { type: 'CLIENT_DEVICE', device_access_type: passthrough }
  }
}

/** What is in the drive; unset: whatever drive of the host is found. */
export function cdromBacking(spec: VcenterVmHardwareCdromBackingSpec | undefined): VirtualDeviceBackingInfo {
  const { type = 'HOST_DEVICE', iso_file = '', host_device, device_access_type = 'EMULATION' } = spec ?? {}
  const exclusive = device_access_type === 'PASSTHRU_EXCLUSIVE'
  if (type === 'ISO_FILE') return data('VirtualCdromIsoBackingInfo', { fileName: iso_file })
  if (type === 'CLIENT_DEVICE')
    return device_access_type === 'EMULATION'
      ? data('VirtualCdromRemoteAtapiBackingInfo', { deviceName: '', useAutoDetect: false })
      : data('VirtualCdromRemotePassthroughBackingInfo', { deviceName: '', useAutoDetect: false, exclusive })
  return device_access_type === 'EMULATION'
    ? data('VirtualCdromAtapiBackingInfo', hostDevice(host_device))
    : data('VirtualCdromPassthroughBackingInfo', { ...hostDevice(host_device), exclusive })
}

/** SATA for 64-bit guests on hardware that has it, as the guest's descriptor recommends. */
export const cdromBus = ({ guest, hardware }: Draft): Bus =>
  guest.bits === 64 && hardware >= 10 ? 'SATA' : 'IDE'

export function addCdrom(draft: Draft, spec: VcenterVmHardwareCdromCreateSpec, at: Place): VirtualCdrom {
  const backing = cdromBacking(spec.backing)
  return added(draft, data('VirtualCdrom', { ...at, backing, connectable: newConnection(spec) }))
}

export function changedCdrom(old: VirtualCdrom, spec: VcenterVmHardwareCdromUpdateSpec): VirtualCdrom {
  return patch(old, {
    backing: spec.backing ? cdromBacking(spec.backing) : old.backing,
    connectable: changedConnection(old, spec),
  })
}
