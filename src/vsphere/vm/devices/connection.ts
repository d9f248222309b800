import { data, patch } from '#vim25/data.js'
import type {
  VirtualDevice,
  VirtualDeviceConnectInfo,
  VirtualMachineConfigInfo,
} from '#vim25/generated/types.js'
import { hotPlug } from '../config/hot-plug.js'
import { share } from '../share.js'

/** How a removable device is connected when a spec says nothing of it. */
export function connectInfo(
  wanted: VirtualDeviceConnectInfo | undefined,
  running: boolean,
  start: boolean,
): VirtualDeviceConnectInfo {
  const startConnected = wanted?.startConnected ?? start
  const connected = running && (wanted ? wanted.connected : startConnected)
  return share(
    data('VirtualDeviceConnectInfo', {
      migrateConnect: wanted?.migrateConnect ?? 'unset',
      startConnected,
      allowGuestControl: wanted?.allowGuestControl ?? true,
      connected,
      status: running ? 'ok' : 'untried',
    }),
  )
}

/** The configuration with its devices, and how its memory can grow, as a VM has them that begins to run, or that has stopped. */
export function withConnections(
  config: VirtualMachineConfigInfo,
  running: boolean,
): VirtualMachineConfigInfo {
  const { hardware, memoryHotAddEnabled = false } = config
  const devices = hardware.device ?? []
  const fresh = devices.map((device) => withConnection(device, running))
  const same = fresh.every((device, at) => device === devices[at])
  const connected = same ? config : patch(config, { hardware: patch(hardware, { device: fresh }) })
  return memoryHotAddEnabled
    ? patch(connected, hotPlug(running, memoryHotAddEnabled, hardware.memoryMB))
    : connected
}

function withConnection(device: VirtualDevice, running: boolean): VirtualDevice {
  const { connectable } = device
  if (!connectable) return device
  const connected = running && connectable.startConnected
  const status = running ? 'ok' : 'untried'
  if (connectable.connected === connected && connectable.status === status) return device
  return patch(device, { connectable: share(patch(connectable, { connected, status })) })
}
