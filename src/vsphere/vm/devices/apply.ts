import { dataObject, patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  VirtualController,
  VirtualDevice,
  VirtualDeviceConfigSpec,
  VirtualDisk,
  VirtualEthernetCard,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { refuseProfiles } from '../config/refusals.js'
import { versionKey } from '../hardware-version.js'
import { share } from '../share.js'
import { addedCard, editedCard } from './cards.js'
import { classOf, type DeviceClass, isAbstract } from './classes.js'
import { addedDisk, editedDisk, removedDisk } from './disks.js'
import type { DeviceEnvironment, Outcome } from './environment.js'
import { invalidOperation, invalidSpec } from './faults.js'
import { describe, labelNumber, labelOf } from './labels.js'
import { completed } from './media.js'
import { placeController, placeDevice } from './places.js'

export interface DeviceChanges extends Outcome {
  readonly devices: readonly VirtualDevice[]
}

/**
 * The devices after the changes of a spec, in order; nothing is written yet. In an `add` the key is only a handle by which
 * the spec's other devices name their controller. Throws InvalidDeviceSpec and its subtypes with the index of the bad one,
 * and the faults of files.
 */
export function applyDeviceChanges(
  env: DeviceEnvironment,
  before: readonly VirtualDevice[],
  changes: readonly VirtualDeviceConfigSpec[],
): DeviceChanges {
  const state: State = {
    env,
    outcome: { files: [], macs: [] },
    devices: [...before],
    handles: new Map(),
    removing: new Set(changes.filter((each) => each.operation === 'remove').map((each) => each.device.key)),
  }
  const isController = (spec: VirtualDeviceConfigSpec) =>
    spec.operation === 'add' && classOf(spec.device._typeName)?.kind === 'controller'
  changes.forEach((spec, index) => {
    if (isController(spec)) apply(state, spec, index)
  })
  changes.forEach((spec, index) => {
    if (!isController(spec)) apply(state, spec, index)
  })
  return { ...state.outcome, devices: Object.freeze(withDeviceLists(state.devices)) }
}

interface State {
  readonly env: DeviceEnvironment
  readonly outcome: Outcome
  devices: VirtualDevice[]
  /** Keys of the spec's added devices -> the keys that they got. */
  readonly handles: Map<number, number>
  readonly removing: ReadonlySet<number>
}

function apply(state: State, spec: VirtualDeviceConfigSpec, index: number): void {
  const kind = classOf(spec.device._typeName)
  if (!kind || isAbstract(spec.device._typeName)) throw invalidSpec(index, 'device')
  refuseProfiles(spec.profile ?? [], `deviceChange[${index}].profile`)
  if (spec.fileOperation !== undefined && kind.type !== 'VirtualDisk')
    throw invalidOperation(index, spec.operation, spec.fileOperation)
  switch (spec.operation) {
    case 'add':
      add(state, kind, spec, index)
      break
    case 'edit':
      edit(state, kind, spec, index)
      break
    case 'remove':
      remove(state, kind, spec, index)
      break
    default:
      throw invalidSpec(index, 'operation')
  }
}

function add(state: State, kind: DeviceClass, spec: VirtualDeviceConfigSpec, index: number): void {
  const { env } = state
  const twin = kind.fixed ? fixedTwin(state.devices, kind, spec.device) : undefined
  if (kind.fixed && !twin) throw invalidSpec(index, 'device.busNumber')
  if (twin) {
    state.handles.set(spec.device.key, twin.key)
    if (kind.kind === 'device')
      edit(state, kind, { ...spec, device: { ...spec.device, key: twin.key } }, index)
    return
  }
  if (env.running && !isHot(kind, spec.device, state))
    throw fault('DeviceHotPlugNotSupported', { deviceIndex: index })
  if (kind.since !== undefined && env.hardware < kind.since)
    throw fault('DeviceUnsupportedForVmVersion', {
      deviceIndex: index,
      currentVersion: versionKey(env.hardware),
      expectedVersion: versionKey(kind.since),
    })
  if (state.devices.filter((device) => classOf(device._typeName) === kind).length >= kind.max)
    throw fault('TooManyDevices', { property: 'virtualDeviceSpec' })
  const at =
    kind.kind === 'controller'
      ? placeController(state.devices, kind, spec.device as VirtualController, index)
      : placeDevice({ ...env, devices: state.devices, handles: state.handles }, kind, spec.device, index)
  const type = spec.device._typeName
  const label = labelOf(type, labelNumber({ _typeName: type, ...at }, state.devices))
  const members = addedMembers(state, kind, spec, label, index)
  const plain = { ...spec.device, ...at, ...members, device: undefined } as unknown as VirtualDevice
  const device = dataObject(type, { ...plain, deviceInfo: describe(plain, label) }) as VirtualDevice
  state.handles.set(spec.device.key, device.key)
  // Controllers are alike in most VMs.
  state.devices.push(kind.kind === 'controller' ? share(device) : device)
}

function addedMembers(
  { env, outcome }: State,
  kind: DeviceClass,
  spec: VirtualDeviceConfigSpec,
  label: string,
  index: number,
): Partial<VirtualDevice> {
  if (kind.type === 'VirtualDisk') return addedDisk(env, outcome, spec, index)
  if (kind.type === 'VirtualEthernetCard')
    return addedCard(env, outcome, spec.device as VirtualEthernetCard, label, index)
  return completed(env, spec.device, undefined, index)
}

/** The device that an added one of a fixed kind is: the IDE controller of its bus, the video card ... */
function fixedTwin(
  devices: readonly VirtualDevice[],
  kind: DeviceClass,
  wanted: VirtualDevice,
): VirtualDevice | undefined {
  const same = devices.filter((device) => classOf(device._typeName) === kind)
  if (kind.max === 1) return same[0]
  const bus = (wanted as VirtualController).busNumber
  return (
    same.find((device) => (device as VirtualController).busNumber === bus) ?? (bus < 0 ? same[0] : undefined)
  )
}

/** Drives can be plugged on SATA only, disks on everything but IDE. */
function isHot(kind: DeviceClass, device: VirtualDevice, state: State): boolean {
  if (kind.type !== 'VirtualDisk' && kind.type !== 'VirtualCdrom') return kind.hot
  const key = device.controllerKey ?? 0
  const controller = state.devices.find((each) => each.key === (state.handles.get(key) ?? key))
  if (!controller) return true
  return kind.type === 'VirtualDisk'
    ? !isA(controller._typeName, 'VirtualIDEController')
    : isA(controller._typeName, 'VirtualSATAController')
}

function edit(state: State, kind: DeviceClass, spec: VirtualDeviceConfigSpec, index: number): void {
  const { env, outcome } = state
  const at = state.devices.findIndex((device) => device.key === spec.device.key)
  const old = state.devices[at]
  if (!old) throw fault('DeviceNotFound', { deviceIndex: index, property: 'virtualDeviceSpec.device.key' })
  if (classOf(old._typeName) !== kind) throw invalidSpec(index, 'device')
  const { controllerKey, unitNumber } = old
  const fixed = { key: old.key, controllerKey, unitNumber, slotInfo: old.slotInfo }
  let device: VirtualDevice
  if (kind.type === 'VirtualDisk') device = editedDisk(env, outcome, old as VirtualDisk, spec, index)
  else if (kind.type === 'VirtualEthernetCard')
    device = editedCard(env, outcome, old as VirtualEthernetCard, spec.device as VirtualEthernetCard, index)
  else {
    if (env.running && !HOT_EDIT.has(kind.type))
      throw fault('DeviceHotPlugNotSupported', { deviceIndex: index })
    const known = old._typeName === spec.device._typeName ? old : undefined
    device = { ...known, ...spec.device, ...completed(env, spec.device, known, index) } as VirtualDevice
  }
  const label = old.deviceInfo?.label ?? kind.label
  state.devices[at] = patch(device, {
    ...fixed,
    deviceInfo: kind.fixed ? old.deviceInfo : describe(device, label),
  })
}

/** What of a running VM can be reconnected or changed: media and ports. */
const HOT_EDIT = new Set([
  'VirtualCdrom',
  'VirtualFloppy',
  'VirtualSerialPort',
  'VirtualParallelPort',
  'VirtualUSB',
])

function remove(state: State, kind: DeviceClass, spec: VirtualDeviceConfigSpec, index: number): void {
  const { env, outcome } = state
  const old = state.devices.find((device) => device.key === spec.device.key)
  if (!old) throw fault('DeviceNotFound', { deviceIndex: index, property: 'virtualDeviceSpec.device.key' })
  if (kind.fixed || classOf(old._typeName) !== kind) throw invalidOperation(index, 'remove')
  if (env.running && !isHot(kind, old, state))
    throw fault('DeviceHotPlugNotSupported', { deviceIndex: index })
  const inUse = state.devices.some(
    (device) => device.controllerKey === old.key && !state.removing.has(device.key),
  )
  if (kind.kind === 'controller' && inUse) throw invalidOperation(index, 'remove')
  if (old._typeName === 'VirtualDisk') removedDisk(env, outcome, old as VirtualDisk, spec, index)
  state.devices = state.devices.filter((device) => device !== old)
}

/** Every controller lists the keys of its devices. */
function withDeviceLists(devices: readonly VirtualDevice[]): VirtualDevice[] {
  return devices.map((device) => {
    if (!isA(device._typeName, 'VirtualController')) return device
    const controller = device as VirtualController
    const keys = devices.filter((each) => each.controllerKey === device.key).map((each) => each.key)
    const present = controller.device ?? []
    if (keys.length === present.length && keys.every((key, at) => key === present[at])) return device
    return share(patch(controller, { device: keys }))
  })
}
