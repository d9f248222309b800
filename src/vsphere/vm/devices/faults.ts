import { fault, type VimFault } from '#vim25/fault.js'
import type {
  VirtualDeviceConfigSpecFileOperation,
  VirtualDeviceConfigSpecOperation,
} from '#vim25/generated/types.js'

/** `member` of the device at `deviceIndex` of the spec is wrong. */
export function invalidSpec(deviceIndex: number, member: string): VimFault {
  return fault('InvalidDeviceSpec', { deviceIndex, property: `virtualDeviceSpec.${member}` })
}

export function invalidBacking(deviceIndex: number): VimFault {
  return fault('InvalidDeviceBacking', { deviceIndex, property: 'virtualDeviceSpec.device.backing' })
}

export function invalidOperation(
  deviceIndex: number,
  badOp?: VirtualDeviceConfigSpecOperation,
  badFileOp?: VirtualDeviceConfigSpecFileOperation,
): VimFault {
  return fault('InvalidDeviceOperation', {
    deviceIndex,
    badOp,
    badFileOp,
    property: badFileOp === undefined ? 'virtualDeviceSpec.operation' : 'virtualDeviceSpec.fileOperation',
  })
}
