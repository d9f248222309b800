import type { VirtualController, VirtualDevice } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { placesOn, storageKey } from '#vsphere/vm/devices/classes.js'
import { makeAdapter } from './adapters.js'
import type { Draft } from './draft.js'
import { addressInUse, invalidAddress, noAddress } from './errors.js'

/** What disks and drives hang on. */
export type Bus = 'IDE' | 'SCSI' | 'SATA' | 'NVME'

const CONTROLLERS: Readonly<Record<Bus, string>> = {
  IDE: 'VirtualIDEController',
  SCSI: 'VirtualSCSIController',
  SATA: 'VirtualSATAController',
  NVME: 'VirtualNVMEController',
}

const BUSES = Object.keys(CONTROLLERS) as readonly Bus[]

/** The bus of a controller type; undefined for one that takes neither disks nor drives. */
export function busOfType(type: string): Bus | undefined {
  return BUSES.find((bus) => isA(type, CONTROLLERS[bus]))
}

/** Where a client wants a device; what is unset is chosen. For IDE: bus 0 is the primary adapter, unit 0 the master. */
export interface Wish {
  readonly bus?: number | undefined
  readonly unit?: number | undefined
}

/** As the spec of a disk or drive has it: the bus, and an address of that bus. */
interface AddressSpec {
  readonly type?: Bus | undefined
  readonly ide?: { readonly primary?: boolean | undefined; readonly master?: boolean | undefined } | undefined
  readonly scsi?: Wish | undefined
  readonly sata?: Wish | undefined
  readonly nvme?: Wish | undefined
}

export interface Place {
  readonly key: number
  readonly controllerKey: number
  readonly unitNumber: number
}

/**
 * A free place for a device. Throws INVALID_ARGUMENT for an address that there is not, RESOURCE_IN_USE for one that is
 * taken, UNABLE_TO_ALLOCATE_RESOURCE where none is free.
 */
export function place(draft: Draft, bus: Bus, wish: Wish = {}): Place {
  const all = draft.devices.filter((device) => isA(device._typeName, CONTROLLERS[bus])) as VirtualController[]
  all.sort((a, b) => a.busNumber - b.busNumber)
  const fitting = all.filter(({ busNumber }) => wish.bus === undefined || wish.bus === busNumber)
  const address = describe(bus, wish)
  for (const controller of fitting) {
    const unit = freeUnit(draft, controller, wish.unit)
    if (unit !== undefined) return at(controller, unit)
  }
  if (wish.unit !== undefined && fitting.some((each) => isUnit(draft, each._typeName, wish.unit)))
    throw addressInUse(bus, address)
  if (wish.unit !== undefined && fitting.length > 0) throw invalidAddress(bus, address)
  const canMake = draft.makes.has(bus) && (wish.bus === undefined || fitting.length === 0)
  if (!canMake)
    throw wish.bus !== undefined && fitting.length === 0 ? invalidAddress(bus, address) : noAddress(bus)
  const controller = makeAdapter(draft, bus, wish.bus)
  const unit = freeUnit(draft, controller, wish.unit)
  if (unit === undefined) throw invalidAddress(bus, address)
  return at(controller, unit)
}

function at(controller: VirtualController, unitNumber: number): Place {
  const key = storageKey(controller._typeName, controller.busNumber, unitNumber)
  return { key, controllerKey: controller.key, unitNumber }
}

function freeUnit(
  draft: Draft,
  controller: VirtualController,
  wanted: number | undefined,
): number | undefined {
  const taken = new Set(
    draft.devices.filter((each) => each.controllerKey === controller.key).map((each) => each.unitNumber),
  )
  const { count } = placesOn(controller._typeName, draft.hardware)
  for (let unit = wanted ?? 0; unit < (wanted === undefined ? count : wanted + 1); unit++)
    if (!taken.has(unit) && isUnit(draft, controller._typeName, unit)) return unit
  return undefined
}

function isUnit(draft: Draft, type: string, unit: number | undefined): boolean {
  const { count, reserved } = placesOn(type, draft.hardware)
  return unit !== undefined && unit >= 0 && unit < count && unit !== reserved
}

function describe(bus: Bus, { bus: number, unit }: Wish): string {
  if (bus !== 'IDE') return [number, unit].filter((part) => part !== undefined).join(':')
  return [number === 1 ? 'secondary' : 'primary', unit === 1 ? 'slave' : 'master'].join(' ')
}

/** The address that a spec names, as a wish. */
export function wishOf({ ide, scsi, sata, nvme }: AddressSpec): Wish {
  const flag = (first: boolean | undefined) => (first === undefined ? undefined : first ? 0 : 1)
  return ide ? { bus: flag(ide.primary), unit: flag(ide.master) } : (scsi ?? sata ?? nvme ?? {})
}

/**
 * Places for several devices at once: those that name theirs first, so that no other gets it. `busOf`: the bus of one that
 * names none.
 */
export function placeAll<S extends AddressSpec>(
  draft: Draft,
  specs: readonly S[],
  busOf: () => Bus,
  add: (spec: S, place: Place) => VirtualDevice,
): readonly VirtualDevice[] {
  const exactness = (spec: S) => Object.values(wishOf(spec)).filter((part) => part !== undefined).length
  const held: VirtualDevice[] = []
  const places = new Map<number, Place>()
  for (const [index, spec] of [...specs.entries()].sort(([, a], [, b]) => exactness(b) - exactness(a))) {
    const found = place(draft, spec.type ?? busOf(), wishOf(spec))
    places.set(index, found)
    const holder = { _typeName: 'VirtualDevice', ...found } as VirtualDevice
    held.push(holder)
    draft.devices.push(holder)
  }
  for (const holder of held) draft.devices.splice(draft.devices.indexOf(holder), 1)
  return specs.map((spec, index) => add(spec, places.get(index) as Place))
}

/** Where a device is, as infos tell it: the type of its bus and the address under that bus's name. */
export function addressOf(
  device: VirtualDevice,
  devices: readonly VirtualDevice[],
): { readonly bus: Bus; readonly number: number; readonly unit: number } | undefined {
  const controller = devices.find(({ key }) => key === device.controllerKey) as VirtualController | undefined
  const bus = controller && busOfType(controller._typeName)
  if (!controller || !bus) return undefined
  return { bus, number: controller.busNumber, unit: device.unitNumber ?? 0 }
}

/** `{scsi: {bus, unit}}`, `{ide: {primary, master}}` ... */
export function addressInfo({ bus, number, unit }: { bus: Bus; number: number; unit: number }) {
  switch (bus) {
    case 'IDE':
      return { ide: { primary: number === 0, master: unit === 0 } }
    case 'SCSI':
      return { scsi: { bus: number, unit } }
    case 'SATA':
      return { sata: { bus: number, unit } }
    case 'NVME':
      return { nvme: { bus: number, unit } }
  }
}
