import type { VcenterVmHardwareConnectionState } from '#vapi/generated/types.js'
import { data } from '#vim25/data.js'
import type { VirtualDevice, VirtualDeviceConnectInfo } from '#vim25/generated/types.js'

interface ConnectionSpec {
  readonly start_connected?: boolean | undefined
  readonly allow_guest_control?: boolean | undefined
}

const FAILED: Readonly<Record<string, VcenterVmHardwareConnectionState>> = {
  recoverableError: 'RECOVERABLE_ERROR',
  unrecoverableError: 'UNRECOVERABLE_ERROR',
}

/** How a removable device is connected, as infos tell it. */
export function connectionInfo({ connectable }: VirtualDevice) {
  const {
    connected = false,
    status = '',
    startConnected = false,
    allowGuestControl = false,
  } = connectable ?? {}
  return {
    state: FAILED[status] ?? (connected ? 'CONNECTED' : 'NOT_CONNECTED'),
    start_connected: startConnected,
    allow_guest_control: allowGuestControl,
  } satisfies { state: VcenterVmHardwareConnectionState } & ConnectionSpec
}

/** A new device: what its spec leaves unset is off; one that is plugged into a running VM is connected as it would be at its start. */
export function newConnection({
  start_connected,
  allow_guest_control,
}: ConnectionSpec): VirtualDeviceConnectInfo {
  return data('VirtualDeviceConnectInfo', {
    startConnected: start_connected ?? false,
    allowGuestControl: allow_guest_control ?? false,
    connected: start_connected ?? false,
  })
}

/** A device's connection after a change; what is unset stays. */
export function changedConnection(
  { connectable }: VirtualDevice,
  { start_connected, allow_guest_control }: ConnectionSpec,
  connected?: boolean,
): VirtualDeviceConnectInfo {
  return data('VirtualDeviceConnectInfo', {
    migrateConnect: connectable?.migrateConnect,
    startConnected: start_connected ?? connectable?.startConnected ?? false,
    allowGuestControl: allow_guest_control ?? connectable?.allowGuestControl ?? false,
    connected: connected ?? connectable?.connected ?? false,
  })
}
