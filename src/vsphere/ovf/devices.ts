import { data } from '#vim25/data.js'
import type {
  OvfFileItem,
  VirtualDevice,
  VirtualDeviceBackingInfo,
  VirtualDeviceConfigSpec,
} from '#vim25/generated/types.js'
import { placesOn } from '../vm/devices/classes.js'
import { guestOs } from '../vm/guest-os.js'
import { type Controller, controllerOf, diskPlace, importKey } from './controllers.js'
import type { OvfDisk, OvfEnvelope, OvfItem } from './envelope.js'
import { otherDevice } from './other-devices.js'
import { type Problems, problem } from './problems.js'
import { RESOURCE } from './resource-types.js'

export interface DeviceWishes {
  readonly envelope: OvfEnvelope
  /** What the VM is called in importKeys: `vm`, or `vApp/vm`. */
  readonly path: string
  readonly guestId: string
  readonly hardware: number
  readonly provisioning: Provisioning
  /** The datastore of disks that are not where the VM is, by the disk's id. */
  diskDatastore(disk: string): string | undefined
  /** Bytes of a disk whose capacity is a property. */
  capacity(disk: OvfDisk): number | undefined
  /** The backing of a card on a network of the package; undefined when the host has none at all. */
  network(name: string): VirtualDeviceBackingInfo | undefined
}

export interface Provisioning {
  readonly thin: boolean
  readonly eager?: boolean | undefined
}

export interface Devices {
  readonly changes: readonly VirtualDeviceConfigSpec[]
  readonly files: readonly OvfFileItem[]
}

/** The devices of a hardware section as a ConfigSpec adds them, and the files that belong to them. */
export function devicesOf(items: readonly OvfItem[], wishes: DeviceWishes, problems: Problems): Devices {
  const state: State = { wishes, problems, changes: [], files: [], controllers: new Map(), images: 0 }
  const isController = ({ resourceType }: OvfItem) => CONTROLLERS.has(resourceType)
  const inOrder = items.filter(isController).sort((a, b) => Number(a.address ?? 0) - Number(b.address ?? 0))
  for (const item of inOrder) addController(state, item)
  for (const item of items) if (!isController(item)) addDevice(state, item)
  return { changes: state.changes, files: state.files }
}

interface State {
  readonly wishes: DeviceWishes
  readonly problems: Problems
  readonly changes: VirtualDeviceConfigSpec[]
  readonly files: OvfFileItem[]
  /** By the items' instance ids. */
  readonly controllers: Map<string, Controller>
  images: number
}

const CONTROLLERS: ReadonlySet<number> = new Set([
  RESOURCE.ide,
  RESOURCE.scsi,
  RESOURCE.storage,
  RESOURCE.usb,
])

/** Keys of a spec are handles; each is another. */
const handle = (state: State) => -(100 + state.changes.length)

const add = (state: State, device: VirtualDevice, fileOperation?: 'create') =>
  state.changes.push(data('VirtualDeviceConfigSpec', { operation: 'add', fileOperation, device }))

function addController(state: State, item: OvfItem): void {
  const { wishes, problems } = state
  const present = [...state.controllers.values()]
  const controller = controllerOf(item, { present, guestId: wishes.guestId, key: handle(state) })
  if (controller === undefined) {
    unknownSubType(problems, item)
    return
  }
  state.controllers.set(item.instanceId, controller)
  add(state, controller.device)
}

/** A device that nobody knows: a problem unless it may be left out. */
function unknownSubType(problems: Problems, item: OvfItem): void {
  const about = { lineNumber: item.line, instanceId: item.instanceId, deviceType: item.resourceType }
  const [deviceSubType] = item.subTypes
  problems.tell(
    item.required ? 'error' : 'warning',
    deviceSubType === undefined
      ? problem('OvfUnsupportedType', { ...about, name: item.name })
      : problem('OvfUnsupportedSubType', { ...about, elementName: item.name, deviceSubType }),
  )
}

function addDevice(state: State, item: OvfItem): void {
  switch (item.resourceType) {
    case RESOURCE.processor:
    case RESOURCE.memory:
      return
    case RESOURCE.disk:
    case RESOURCE.logicalDisk:
      addDisk(state, item)
      break
    case RESOURCE.cdrom:
    case RESOURCE.dvd:
      addDrive(state, item)
      break
    case RESOURCE.ethernet:
      addCard(state, item)
      break
    default: {
      const device = otherDevice(item, handle(state))
      if (device === 'ignored') return
      if (device === undefined) unknownSubType(state.problems, item)
      else add(state, device)
    }
  }
}

/** The place of a disk or drive on its controller; undefined after telling what is wrong. */
function placeOf(state: State, item: OvfItem): { controller: Controller; unit: number } | undefined {
  const { problems } = state
  const controller = item.parent === undefined ? undefined : state.controllers.get(item.parent)
  if (!controller) {
    if (item.parent === undefined)
      problems.tell('error', problem('OvfMissingElement', { lineNumber: item.line, name: 'Parent' }))
    else problems.dangling({ name: 'Item', line: item.line }, 'Parent', item.parent)
    return undefined
  }
  const { count, reserved } = placesOn(controller.type, state.wishes.hardware)
  const unit = diskPlace(controller, item.addressOnParent, count, reserved)
  if (unit === undefined) {
    const about = { lineNumber: item.line, name: item.name, parent: item.parent ?? '' }
    problems.tell('error', problem('OvfNoSpaceOnController', about))
    return undefined
  }
  controller.used.add(unit)
  return { controller, unit }
}

function addDisk(state: State, item: OvfItem): void {
  const { wishes, problems } = state
  const [resource = ''] = item.hostResource
  const [, id] = /^(?:ovf:)?\/?disk\/(.+)$/.exec(resource) ?? []
  const disk = wishes.envelope.disks.find((each) => each.id === id)
  if (!disk) {
    problems.dangling({ name: 'Item', line: item.line }, 'HostResource', resource)
    return
  }
  const capacity = disk.capacity ?? wishes.capacity(disk)
  if (capacity === undefined) {
    if (disk.capacityProperty)
      problems.dangling({ name: 'Disk', line: disk.line }, 'capacity', disk.capacityProperty.name)
    return
  }
  const place = placeOf(state, item)
  if (!place) return
  const { thin, eager } = wishes.provisioning
  add(
    state,
    data('VirtualDisk', {
      key: handle(state),
      controllerKey: place.controller.key,
      unitNumber: place.unit,
      capacityInKB: Math.max(1, Math.ceil(capacity / 1024)),
      capacityInBytes: Math.max(1, Math.ceil(capacity / 1024)) * 1024,
      backing: data('VirtualDiskFlatVer2BackingInfo', {
        fileName: datastoreOf(wishes.diskDatastore(disk.id)),
        diskMode: 'persistent',
        thinProvisioned: thin,
        eagerlyScrub: eager,
      }),
    }),
    'create',
  )
  if (disk.file)
    state.files.push(
      data('OvfFileItem', {
        deviceId: importKey(wishes.path, place.controller, place.unit),
        path: disk.file.href,
        compressionMethod: disk.file.compression,
        chunkSize: disk.file.chunkSize,
        size: disk.file.size,
        cimType: RESOURCE.disk,
        create: false,
      }),
    )
}

const datastoreOf = (name: string | undefined) => (name === undefined ? '' : `[${name}]`)

function addDrive(state: State, item: OvfItem): void {
  const { wishes, problems } = state
  const place = placeOf(state, item)
  if (!place) return
  const [resource] = item.hostResource
  const [, id] = /^(?:ovf:)?\/?file\/(.+)$/.exec(resource ?? '') ?? []
  const file = id === undefined ? undefined : wishes.envelope.files.find((each) => each.id === id)
  if (id !== undefined && !file) {
    problems.dangling({ name: 'Item', line: item.line }, 'HostResource', resource ?? '')
    return
  }
  const members = {
    key: handle(state),
    controllerKey: place.controller.key,
    unitNumber: place.unit,
    connectable: data('VirtualDeviceConnectInfo', {
      startConnected: file !== undefined && item.automaticAllocation,
      allowGuestControl: true,
      connected: false,
    }),
  }
  if (!file) {
    add(state, data('VirtualCdrom', { ...members, backing: driveBacking(item) }))
    return
  }
  const image = `${wishes.path.split('/').at(-1)}/_deviceImage-${state.images++}.iso`
  add(
    state,
    data('VirtualCdrom', {
      ...members,
      backing: data('VirtualCdromIsoBackingInfo', { fileName: image }),
    }),
  )
  state.files.push(
    data('OvfFileItem', {
      deviceId: importKey(wishes.path, place.controller, place.unit),
      path: file.href,
      compressionMethod: file.compression,
      chunkSize: file.chunkSize,
      size: file.size,
      cimType: RESOURCE.cdrom,
      create: true,
    }),
  )
}

function driveBacking({ subTypes }: OvfItem): VirtualDeviceBackingInfo {
  const device = { deviceName: '', useAutoDetect: false }
  if (subTypes.some((each) => /^vmware\.cdrom\.atapi$/i.test(each)))
    return data('VirtualCdromAtapiBackingInfo', { ...device, useAutoDetect: true })
  if (subTypes.some((each) => /^vmware\.cdrom\.remoteatapi$/i.test(each)))
    return data('VirtualCdromRemoteAtapiBackingInfo', device)
  return data('VirtualCdromRemotePassthroughBackingInfo', { ...device, exclusive: false })
}

/** An address that the package keeps, else one that vCenter assigns. */
const addressOf = ({ address }: OvfItem) =>
  /^([\da-f]{2}:){5}[\da-f]{2}$/i.test(address ?? '')
    ? { addressType: 'manual', macAddress: address }
    : { addressType: 'assigned' }

const CARDS: Readonly<Record<string, string>> = {
  pcnet32: 'VirtualPCNet32',
  vmxnet: 'VirtualVmxnet2',
  vmxnet2: 'VirtualVmxnet2',
  vmxnet3: 'VirtualVmxnet3',
  e1000: 'VirtualE1000',
  e1000e: 'VirtualE1000e',
}

/** The first card that the guest takes; where it takes none of them its own one, which is told (deviation 89). */
function cardType({ wishes, problems }: State, item: OvfItem): string | undefined {
  const guest = guestOs(wishes.guestId)
  const usual = guest?.ethernetCard ?? 'VirtualE1000'
  if (item.subTypes.length === 0) return usual
  const known = item.subTypes.flatMap((each) => CARDS[each.toLowerCase()] ?? [])
  const fitting = known.find((each) => !guest || guest.ethernetCards.includes(each))
  if (fitting !== undefined || known.length === 0) return fitting
  const [deviceSubType = ''] = item.subTypes
  const about = { lineNumber: item.line, instanceId: item.instanceId, deviceType: item.resourceType }
  problems.tell(
    'warning',
    problem('OvfUnsupportedSubType', { ...about, elementName: item.name, deviceSubType }),
  )
  return usual
}

function addCard(state: State, item: OvfItem): void {
  const { wishes, problems } = state
  const type = cardType(state, item)
  if (type === undefined) {
    unknownSubType(problems, item)
    return
  }
  const [name] = item.connection
  if (name === undefined) {
    problems.tell('error', problem('OvfMissingElement', { lineNumber: item.line, name: 'Connection' }))
    return
  }
  if (!wishes.envelope.networks.some((network) => network.name === name)) {
    problems.dangling({ name: 'Item', line: item.line }, 'Connection', name)
    return
  }
  const backing = wishes.network(name)
  if (!backing) {
    problems.tell('error', problem('OvfNoHostNic', { lineNumber: item.line }))
    return
  }
  const wake = item.config.find(({ key }) => key === 'wakeOnLanEnabled')?.value
  add(
    state,
    data(type as 'VirtualE1000', {
      key: handle(state),
      backing,
      ...addressOf(item),
      wakeOnLanEnabled: wake === undefined ? undefined : wake === 'true',
      connectable: data('VirtualDeviceConnectInfo', {
        startConnected: item.automaticAllocation,
        allowGuestControl: true,
        connected: false,
      }),
    }),
  )
}
