import { data, patch } from '#vim25/data.js'
import type {
  VirtualDevice,
  VirtualDeviceBackingInfo,
  VirtualDeviceFileBackingInfo,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { fileAt } from '../../datastore/files.js'
import { locate } from '../../datastore/paths.js'
import { connectInfo } from './connection.js'
import type { DeviceEnvironment } from './environment.js'
import { invalidBacking } from './faults.js'

/** Files that a device needs to exist beforehand; the others (serial port output) are written by the VM. */
const READ_ONLY = ['VirtualCdromIsoBackingInfo', 'VirtualFloppyImageBackingInfo']

const DEFAULT_BACKINGS: Readonly<Record<string, VirtualDeviceBackingInfo>> = {
  VirtualCdrom: data('VirtualCdromRemotePassthroughBackingInfo', {
    deviceName: '',
    useAutoDetect: false,
    exclusive: false,
  }),
  VirtualFloppy: data('VirtualFloppyRemoteDeviceBackingInfo', { deviceName: '', useAutoDetect: false }),
  VirtualHdAudioCard: data('VirtualSoundCardDeviceBackingInfo', { deviceName: '', useAutoDetect: true }),
  VirtualEnsoniq1371: data('VirtualSoundCardDeviceBackingInfo', { deviceName: '', useAutoDetect: true }),
  VirtualSoundBlaster16: data('VirtualSoundCardDeviceBackingInfo', { deviceName: '', useAutoDetect: true }),
}

/** Drives and ports: devices that are connected or not, with something behind them. */
const CONNECTABLE = [
  'VirtualCdrom',
  'VirtualFloppy',
  'VirtualSerialPort',
  'VirtualParallelPort',
  'VirtualSoundCard',
]

/** What any device but disks and network cards becomes. `old`: the device before, for an edit. */
export function completed(
  env: DeviceEnvironment,
  device: VirtualDevice,
  old: VirtualDevice | undefined,
  index: number,
): Partial<VirtualDevice> & { readonly yieldOnPoll?: boolean } {
  const backing = device.backing
    ? checkedBacking(env, device.backing, index)
    : (old?.backing ?? DEFAULT_BACKINGS[device._typeName])
  const connectable = CONNECTABLE.some((type) => isA(device._typeName, type))
    ? device.connectable || !old
      ? connectInfo(device.connectable, env.running, false)
      : old.connectable
    : device.connectable
  const serial = isA(device._typeName, 'VirtualSerialPort')
  return serial
    ? { backing, connectable, yieldOnPoll: (device as { yieldOnPoll?: boolean }).yieldOnPoll ?? true }
    : { backing, connectable }
}

function checkedBacking(
  env: DeviceEnvironment,
  backing: VirtualDeviceBackingInfo,
  index: number,
): VirtualDeviceBackingInfo {
  if (!isA(backing._typeName, 'VirtualDeviceFileBackingInfo')) return backing
  const { fileName } = backing as VirtualDeviceFileBackingInfo
  if (fileName === '') return backing
  if (!fileName.startsWith('[')) {
    if (READ_ONLY.includes(backing._typeName)) throw invalidBacking(index)
    return backing
  }
  const place = locate(env.read, env.datacenter, fileName)
  if (READ_ONLY.includes(backing._typeName) && !fileAt(env.read, place.datastore, place.path))
    throw invalidBacking(index)
  return patch(backing as VirtualDeviceFileBackingInfo, { datastore: env.read.ref(place.datastore) })
}
