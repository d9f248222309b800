import type {
  VcenterVmHardwareSerialBackingInfo,
  VcenterVmHardwareSerialBackingSpec,
  VcenterVmHardwareSerialCreateSpec,
  VcenterVmHardwareSerialInfo,
  VcenterVmHardwareSerialUpdateSpec,
} from '#vapi/generated/types.js'
import { data, patch } from '#vim25/data.js'
import type {
  VirtualDeviceBackingInfo,
  VirtualDeviceFileBackingInfo,
  VirtualSerialPort,
  VirtualSerialPortPipeBackingInfo,
  VirtualSerialPortURIBackingInfo,
} from '#vim25/generated/types.js'
import { changedConnection, connectionInfo, newConnection } from './connection.js'
import { added, type Draft, nextKey } from './draft.js'
import { hostDevice, hostDeviceInfo } from './host-device.js'
import { type DeviceKind, labelOf } from './kind.js'

/** The Automation API has no word for ports that print. */
export const serialPorts: DeviceKind<VcenterVmHardwareSerialInfo> = {
  has: (device) =>
    device._typeName === 'VirtualSerialPort' &&
    device.backing?._typeName !== 'VirtualSerialPortThinPrintBackingInfo',
  info: (device) => ({
    yield_on_poll: (device as VirtualSerialPort).yieldOnPoll,
    label: labelOf(device),
    backing: serialBackingInfo(device.backing),
    ...connectionInfo(device),
  }),
}

function serialBackingInfo(
  backing: VirtualDeviceBackingInfo | undefined,
): VcenterVmHardwareSerialBackingInfo {
  switch (backing?._typeName) {
    case 'VirtualSerialPortFileBackingInfo':
      return { type: 'FILE', file: (backing as VirtualDeviceFileBackingInfo).fileName }
    case 'VirtualSerialPortPipeBackingInfo': {
      const { endpoint, pipeName, noRxLoss } = backing as VirtualSerialPortPipeBackingInfo
      const type = endpoint === 'server' ? 'PIPE_SERVER' : 'PIPE_CLIENT'
      return { type, pipe: pipeName, no_rx_loss: noRxLoss ?? false }
    }
    case 'VirtualSerialPortURIBackingInfo': {
      const { direction, serviceURI, proxyURI } = backing as VirtualSerialPortURIBackingInfo
      const type = direction === 'server' ? 'NETWORK_SERVER' : 'NETWORK_CLIENT'
      return { type, network_location: serviceURI, ...(proxyURI === undefined ? {} : { proxy: proxyURI }) }
    }
    default:
      return { type: 'HOST_DEVICE', ...(backing ? hostDeviceInfo(backing) : { auto_detect: true }) }
  }
}

/** Where the port goes; unset: whatever port of the host is found. */
function serialBacking(spec: VcenterVmHardwareSerialBackingSpec | undefined): VirtualDeviceBackingInfo {
  const side = spec?.type.endsWith('_SERVER') ? 'server' : 'client'
  switch (spec?.type) {
    case 'FILE':
      return data('VirtualSerialPortFileBackingInfo', { fileName: spec.file ?? '' })
    case 'PIPE_SERVER':
    case 'PIPE_CLIENT':
      return data('VirtualSerialPortPipeBackingInfo', {
        pipeName: spec.pipe ?? '',
        endpoint: side,
        noRxLoss: spec.no_rx_loss ?? false,
      })
    case 'NETWORK_SERVER':
    case 'NETWORK_CLIENT':
      return data('VirtualSerialPortURIBackingInfo', {
        serviceURI: spec.network_location ?? '',
        direction: side,
        proxyURI: spec.proxy,
      })
    default:
      return data('VirtualSerialPortDeviceBackingInfo', hostDevice(spec?.host_device))
  }
}

export function addSerialPort(draft: Draft, spec: VcenterVmHardwareSerialCreateSpec): VirtualSerialPort {
  return added(
    draft,
    data('VirtualSerialPort', {
      key: nextKey(draft, 9000),
      controllerKey: 400,
      backing: serialBacking(spec.backing),
      connectable: newConnection(spec),
      yieldOnPoll: spec.yield_on_poll ?? false,
    }),
  )
}

export function changedSerialPort(
  old: VirtualSerialPort,
  spec: VcenterVmHardwareSerialUpdateSpec,
): VirtualSerialPort {
  return patch(old, {
    backing: spec.backing ? serialBacking(spec.backing) : old.backing,
    connectable: changedConnection(old, spec),
    yieldOnPoll: spec.yield_on_poll ?? old.yieldOnPoll,
  })
}
