import { data } from '#vim25/data.js'
import type {
  VirtualDevice,
  VirtualDeviceConfigSpec,
  VirtualDeviceConfigSpecFileOperation,
  VirtualMachineProfileSpec,
} from '#vim25/generated/types.js'
import { type GuestOs, guestOs } from '#vsphere/vm/guest-os.js'
import type { ServiceCall } from '../../core/call.js'
import type { Bus } from './addresses.js'

/**
 * Devices that are to be added to a VM, or to be those of a new one. Keys are the final ones, which vim25 gives by the same
 * rules, so that they can be named (boot order, controllers) before anything is done.
 */
export interface Draft {
  readonly call: ServiceCall
  readonly guest: GuestOs
  /** Hardware version: 21. */
  readonly hardware: number
  /** Where the VM is or will be, as far as it is known: to find a network. */
  readonly host: string | undefined
  /** On these an adapter is made when none has a place: those of which the spec of a new VM says nothing. */
  readonly makes: ReadonlySet<Bus>
  /** What there is, with what was added so far. */
  readonly devices: VirtualDevice[]
  readonly changes: VirtualDeviceConfigSpec[]
}

export interface DraftOptions {
  readonly guestId: string
  readonly hardware: number
  readonly host?: string | undefined
  readonly makes?: ReadonlySet<Bus>
  readonly devices: readonly VirtualDevice[]
}

const NONE: ReadonlySet<Bus> = new Set()

export function createDraft(call: ServiceCall, options: DraftOptions): Draft {
  const { guestId, hardware, host, makes = NONE, devices } = options
  const guest = guestOs(guestId) ?? guestOs('otherGuest')
  if (!guest) throw new Error('There is no guest operating system otherGuest.')
  return { call, guest, hardware, host, makes, devices: [...devices], changes: [] }
}

/** Adds a device with its final key. */
export function added<D extends VirtualDevice>(
  draft: Draft,
  device: D,
  more: {
    readonly fileOperation?: VirtualDeviceConfigSpecFileOperation
    readonly profile?: readonly VirtualMachineProfileSpec[] | undefined
  } = {},
): D {
  draft.devices.push(device)
  draft.changes.push(data('VirtualDeviceConfigSpec', { operation: 'add', device, ...more }))
  return device
}

export const edit = (device: VirtualDevice): VirtualDeviceConfigSpec =>
  data('VirtualDeviceConfigSpec', { operation: 'edit', device })

export const remove = (device: VirtualDevice): VirtualDeviceConfigSpec =>
  data('VirtualDeviceConfigSpec', { operation: 'remove', device })

/** The key that the next device with this class's numbering gets: network cards, ports, floppy drives. */
export function nextKey(draft: Draft, first: number): number {
  let key = first
  while (draft.devices.some((device) => device.key === key)) key++
  return key
}
