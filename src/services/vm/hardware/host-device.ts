import type { VirtualDeviceBackingInfo, VirtualDeviceDeviceBackingInfo } from '#vim25/generated/types.js'

/** A device of the host by its name; without one, whichever is found. */
export const hostDevice = (name: string | undefined) => ({
  deviceName: name ?? '',
  useAutoDetect: name === undefined,
})

/** The name is told only of a device that was named. */
export function hostDeviceInfo(backing: VirtualDeviceBackingInfo): {
  readonly host_device?: string
  readonly auto_detect: boolean
} {
  const { deviceName, useAutoDetect = false } = backing as VirtualDeviceDeviceBackingInfo
  return useAutoDetect ? { auto_detect: true } : { host_device: deviceName, auto_detect: false }
}
