import type { VirtualDevice } from '#vim25/generated/types.js'

/** A kind of device of the Automation API: which vim25 devices it has, and what it tells of one. */
export interface DeviceKind<I> {
  has(device: VirtualDevice, devices: readonly VirtualDevice[]): boolean
  /** Only for devices that it has. */
  info(device: VirtualDevice, devices: readonly VirtualDevice[]): I
}

export const labelOf = ({ deviceInfo }: VirtualDevice): string => deviceInfo?.label ?? ''

/** All devices of a kind by their identifiers, which are their keys. */
export function infosOf<I>(
  kind: DeviceKind<I>,
  devices: readonly VirtualDevice[],
): Readonly<Record<string, I>> {
  const own = devices.filter((device) => kind.has(device, devices))
  return Object.fromEntries(own.map((device) => [String(device.key), kind.info(device, devices)]))
}
