import type {
  VirtualController,
  VirtualDevice,
  VirtualDeviceFileBackingInfo,
  VirtualEthernetCard,
  VirtualMachineConfigInfo,
  VirtualMachineVideoCard,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { RESOURCE } from './resource-types.js'
import { type Node, node } from './xml-text.js'

export interface WrittenItems {
  readonly items: readonly Node[]
  /** Devices that a package cannot hold. */
  readonly left: readonly VirtualDevice[]
}

/** What items need to know that is not in the configuration. */
export interface Naming {
  /** The disk of the package that a virtual disk is. */
  disk(device: VirtualDevice): string | undefined
  /** The file of the package in a drive. */
  image(device: VirtualDevice): string | undefined
  /** The network of the package that a card is on. */
  network(card: VirtualEthernetCard): string
  /** The MAC address, if the package is to keep it. */
  address(card: VirtualEthernetCard): string | undefined
}

/** The items of a VirtualHardwareSection: CPUs, memory, controllers, and what is on them. */
export function writeItems({ hardware }: VirtualMachineConfigInfo, naming: Naming): WrittenItems {
  const items: Node[] = []
  const left: VirtualDevice[] = []
  const ids = new Map<number, number>()
  const nextId = () => items.length + 1
  items.push(
    item(
      {
        AllocationUnits: 'hertz * 10^6',
        Description: 'Number of Virtual CPUs',
        ElementName: `${hardware.numCPU} virtual CPU(s)`,
        InstanceID: nextId(),
        ResourceType: RESOURCE.processor,
        VirtualQuantity: hardware.numCPU,
      },
      { extra: coresPerSocket(hardware.numCoresPerSocket) },
    ),
  )
  items.push(
    item({
      AllocationUnits: 'byte * 2^20',
      Description: 'Memory Size',
      ElementName: `${hardware.memoryMB}MB of memory`,
      InstanceID: nextId(),
      ResourceType: RESOURCE.memory,
      VirtualQuantity: hardware.memoryMB,
    }),
  )
  const devices = hardware.device ?? []
  const controllers = devices.filter((each) => isA(each._typeName, 'VirtualController'))
  const others = devices.filter((each) => !isA(each._typeName, 'VirtualController'))
  for (const device of [...controllers, ...others]) {
    if (HIDDEN.has(device._typeName)) continue
    const kind = KINDS.find(({ type }) => isA(device._typeName, type))
    if (!kind) {
      left.push(device)
      continue
    }
    const id = nextId()
    ids.set(device.key, id)
    items.push(deviceItem(device, kind, id, ids.get(device.controllerKey ?? -1), naming))
  }
  return { items, left }
}

const coresPerSocket = (cores: number | undefined) =>
  cores === undefined || cores < 2 ? [] : [node('vmw:CoresPerSocket', { 'ovf:required': false }, cores)]

/** Devices that every VM has anyway. */
const HIDDEN: ReadonlySet<string> = new Set([
  'VirtualPS2Controller',
  'VirtualPCIController',
  'VirtualSIOController',
  'VirtualKeyboard',
  'VirtualPointingDevice',
])

interface Kind {
  readonly type: string
  readonly resourceType: number
  readonly subType?: string
  readonly description?: string
  readonly required?: boolean
}

/** The first that fits is the one. */
const KINDS: readonly Kind[] = [
  { type: 'VirtualIDEController', resourceType: RESOURCE.ide, description: 'IDE Controller' },
  ...(
    [
      ['VirtualLsiLogicSASController', 'lsilogicsas'],
      ['VirtualLsiLogicController', 'lsilogic'],
      ['ParaVirtualSCSIController', 'VirtualSCSI'],
      ['VirtualBusLogicController', 'buslogic'],
    ] as const
  ).map(([type, subType]) => ({
    type,
    resourceType: RESOURCE.scsi,
    subType,
    description: 'SCSI Controller',
  })),
  {
    type: 'VirtualSATAController',
    resourceType: RESOURCE.storage,
    subType: 'vmware.sata.ahci',
    description: 'SATA Controller',
  },
  {
    type: 'VirtualNVMEController',
    resourceType: RESOURCE.storage,
    subType: 'vmware.nvme.controller',
    description: 'NVME Controller',
  },
  {
    type: 'VirtualUSBXHCIController',
    resourceType: RESOURCE.usb,
    subType: 'vmware.usb.xhci',
    description: 'USB Controller (XHCI)',
    required: false,
  },
  {
    type: 'VirtualUSBController',
    resourceType: RESOURCE.usb,
    subType: 'vmware.usb.ehci',
    description: 'USB Controller (EHCI)',
    required: false,
  },
  { type: 'VirtualMachineVideoCard', resourceType: RESOURCE.graphics, required: false },
  {
    type: 'VirtualMachineVMCIDevice',
    resourceType: RESOURCE.other,
    subType: 'vmware.vmci',
    required: false,
  },
  { type: 'VirtualDisk', resourceType: RESOURCE.disk },
  { type: 'VirtualCdrom', resourceType: RESOURCE.cdrom, required: false },
  {
    type: 'VirtualFloppy',
    resourceType: RESOURCE.floppy,
    subType: 'vmware.floppy.remotedevice',
    description: 'Floppy Drive',
    required: false,
  },
  ...(
    [
      ['VirtualVmxnet3', 'VmxNet3'],
      ['VirtualVmxnet2', 'Vmxnet2'],
      ['VirtualVmxnet', 'Vmxnet'],
      ['VirtualE1000e', 'E1000e'],
      ['VirtualE1000', 'E1000'],
      ['VirtualPCNet32', 'PCNet32'],
    ] as const
  ).map(([type, subType]) => ({ type, resourceType: RESOURCE.ethernet, subType })),
  {
    type: 'VirtualHdAudioCard',
    resourceType: RESOURCE.sound,
    subType: 'vmware.soundcard.hdaudio',
    required: false,
  },
  {
    type: 'VirtualSoundCard',
    resourceType: RESOURCE.sound,
    subType: 'vmware.soundcard.ensoniq1371',
    required: false,
  },
  {
    type: 'VirtualSerialPort',
    resourceType: RESOURCE.serial,
    subType: 'vmware.serialport.device',
    required: false,
  },
  {
    type: 'VirtualParallelPort',
    resourceType: RESOURCE.parallel,
    subType: 'vmware.parallelport.device',
    required: false,
  },
]

function deviceItem(
  device: VirtualDevice,
  kind: Kind,
  id: number,
  parent: number | undefined,
  naming: Naming,
): Node {
  const controller = isA(device._typeName, 'VirtualController')
  const card = isA(device._typeName, 'VirtualEthernetCard') ? (device as VirtualEthernetCard) : undefined
  const label = device.deviceInfo?.label ?? device._typeName
  const network = card && naming.network(card)
  const drive = device._typeName === 'VirtualCdrom'
  const image = drive ? naming.image(device) : undefined
  const connected = device.connectable?.startConnected
  const disk = device._typeName === 'VirtualDisk' ? naming.disk(device) : undefined
  const plain = card || kind.required === false
  return item(
    {
      Address: controller ? (device as VirtualController).busNumber : card && naming.address(card),
      AddressOnParent: controller || device.unitNumber === undefined ? undefined : device.unitNumber,
      AutomaticAllocation: plain && !controller ? (connected ?? false) : undefined,
      Connection: network,
      Description:
        network === undefined ? kind.description : `${kind.subType} ethernet adapter on "${network}"`,
      ElementName: label,
      HostResource: disk === undefined ? image && `ovf:/file/${image}` : `ovf:/disk/${disk}`,
      InstanceID: id,
      Parent: parent,
      ResourceSubType: drive ? driveSubType(device, image) : kind.subType,
      ResourceType: kind.resourceType,
    },
    { required: kind.required, extra: deviceConfig(device, card) },
  )
}

const driveSubType = (device: VirtualDevice, image: string | undefined) =>
  image !== undefined || isA(device.backing?._typeName ?? '', 'VirtualDeviceFileBackingInfo')
    ? 'vmware.cdrom.iso'
    : 'vmware.cdrom.remotepassthrough'

function deviceConfig(device: VirtualDevice, card: VirtualEthernetCard | undefined): readonly Node[] {
  if (card) return [config('wakeOnLanEnabled', card.wakeOnLanEnabled ?? true)]
  if (device._typeName !== 'VirtualMachineVideoCard') return []
  const video = device as VirtualMachineVideoCard
  const members = {
    enable3DSupport: video.enable3DSupport,
    numDisplays: video.numDisplays,
    use3dRenderer: video.use3dRenderer,
    useAutoDetect: video.useAutoDetect,
    videoRamSizeInKB: video.videoRamSizeInKB,
  }
  return Object.entries(members).flatMap(([key, value]) =>
    value === undefined ? [] : [config(key, value as string)],
  )
}

/** A vmw:Config or vmw:ExtraConfig, as those that may be left out. */
export const config = (key: string, value: string | number | boolean | bigint, name = 'vmw:Config'): Node =>
  node(name, { 'ovf:required': false, 'vmw:key': key, 'vmw:value': String(value) })

/** The members of an item stand in the order of their names, as its schema has them. */
function item(
  members: Readonly<Record<string, string | number | boolean | undefined>>,
  {
    required,
    extra = [],
  }: { readonly required?: boolean | undefined; readonly extra?: readonly Node[] } = {},
): Node {
  const said = Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => node(`rasd:${name}`, {}, String(value)))
  return node('Item', { 'ovf:required': required }, [...said, ...extra])
}

/** The file that is in a drive; undefined for a drive without one. */
export function mediaOf({ backing }: VirtualDevice): string | undefined {
  if (!isA(backing?._typeName ?? '', 'VirtualDeviceFileBackingInfo')) return undefined
  return (backing as VirtualDeviceFileBackingInfo).fileName || undefined
}
