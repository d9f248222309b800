import { deepEqual } from '#inventory/equal.js'
import type { Reader } from '#inventory/reader.js'
import type {
  ManagedObjectReference,
  VirtualDevice,
  VirtualDeviceConfigSpec,
  VirtualDisk,
  VirtualMachineConfigSpec,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import type { Need } from '../../authorization/by-type.js'
import { datacenterOf } from '../../managed-entity/entity.js'
import { networkNamed } from '../../network/networks.js'

/** What a member of a spec asks for (API reference, ReconfigVM_Task); Settings is for all the others. */
const BY_MEMBER: Readonly<Record<string, string>> = {
  annotation: 'Annotation',
  changeTrackingEnabled: 'ChangeTracking',
  cpuAffinity: 'Resource',
  cpuAllocation: 'Resource',
  extraConfig: 'AdvancedConfig',
  latencySensitivity: 'Resource',
  managedBy: 'ManagedBy',
  memoryAffinity: 'Resource',
  memoryAllocation: 'Resource',
  memoryMB: 'Memory',
  name: 'Rename',
  numCPUs: 'CPUCount',
  swapPlacement: 'SwapPlacement',
  version: 'UpgradeVirtualHardware',
}

/** Members that change nothing by themselves, or that are looked at one by one. */
const UNASKED: ReadonlySet<string> = new Set(['_typeName', 'changeVersion', 'deviceChange'])

const config = (name: string) => `VirtualMachine.Config.${name}`

/** What a change of a VM takes, by what it changes. */
export function specPrivileges(
  read: Reader,
  vm: ManagedObjectReference,
  spec: VirtualMachineConfigSpec,
): readonly Need[] {
  const members = Object.entries(spec)
    .filter(([name, value]) => value !== undefined && !UNASKED.has(name))
    .map(([name]): Need => [vm, config(BY_MEMBER[name] ?? 'Settings')])
  const devices = read.find('VirtualMachine', vm.value)?.config?.hardware.device ?? []
  const changes = (spec.deviceChange ?? []).flatMap((change) =>
    devicePrivileges(
      read,
      vm,
      change,
      devices.find(({ key }) => key === change.device.key),
    ),
  )
  // Nothing to change is still a change to ask for.
  return members.length + changes.length > 0 ? [...members, ...changes] : [[vm, config('Settings')]]
}

/** What the parts of a new VM take, beside its creation (API reference, CreateVM_Task). */
export const creationPrivileges = (
  read: Reader,
  folder: ManagedObjectReference,
  spec: VirtualMachineConfigSpec,
): readonly Need[] =>
  (spec.deviceChange ?? [])
    .filter(
      ({ device }) => isA(device._typeName, 'VirtualDisk') || isA(device._typeName, 'VirtualEthernetCard'),
    )
    .flatMap((change) => devicePrivileges(read, folder, change, undefined))
    .filter(([, privilege]) => privilege !== config('AddRemoveDevice'))

function devicePrivileges(
  read: Reader,
  on: ManagedObjectReference,
  change: VirtualDeviceConfigSpec,
  before: VirtualDevice | undefined,
): readonly Need[] {
  const { device } = change
  const needs: Need[] = rightsFor(change, before).map((name) => [on, name])
  if (isA(device._typeName, 'VirtualEthernetCard') && change.operation !== 'remove') {
    const moved = !before || !deepEqual(before.backing, device.backing)
    if (moved) needs.push([networkOf(read, on, device), 'Network.Assign'])
  }
  return needs
}

function rightsFor(change: VirtualDeviceConfigSpec, before: VirtualDevice | undefined): readonly string[] {
  const { device, operation, fileOperation } = change
  const type = device._typeName
  const disk = isA(type, 'VirtualDisk')
  if (operation === 'edit') return editRights(device, before)
  if (operation === 'remove') return [config(disk ? 'RemoveDisk' : 'AddRemoveDevice')]
  if (isRaw(device)) return [config('RawDevice')]
  if (disk) return [config(fileOperation === undefined ? 'AddExistingDisk' : 'AddNewDisk')]
  return [config(isA(type, 'VirtualUSB') ? 'HostUSBDevice' : 'AddRemoveDevice')]
}

const isRaw = ({ _typeName: type, backing }: VirtualDevice) =>
  isA(type, 'VirtualPCIPassthrough') ||
  isA(type, 'VirtualSCSIPassthrough') ||
  (backing?._typeName ?? '').startsWith('VirtualDiskRaw')

/** Media and connections are for who uses a machine, the rest for who configures it. */
function editRights(device: VirtualDevice, before: VirtualDevice | undefined): readonly string[] {
  const type = device._typeName
  const needs: string[] = []
  const media = isA(type, 'VirtualCdrom')
    ? 'SetCDMedia'
    : isA(type, 'VirtualFloppy')
      ? 'SetFloppyMedia'
      : undefined
  if (media !== undefined && !deepEqual(before?.backing, device.backing))
    needs.push(`VirtualMachine.Interact.${media}`)
  if (device.connectable && before && !deepEqual(before.connectable, device.connectable))
    needs.push('VirtualMachine.Interact.DeviceConnection')
  if (isA(type, 'VirtualDisk') && before && isLarger(device as VirtualDisk, before as VirtualDisk))
    needs.push(config('DiskExtend'))
  return needs.length > 0 ? needs : [config('EditDevice')]
}

const isLarger = (disk: VirtualDisk, before: VirtualDisk) => disk.capacityInKB > before.capacityInKB

/** The network that a card is to be on, by name, reference or port group. */
function networkOf(read: Reader, on: ManagedObjectReference, { backing }: VirtualDevice) {
  const { network, deviceName, port } = (backing ?? {}) as {
    network?: ManagedObjectReference
    deviceName?: string
    port?: { portgroupKey?: string }
  }
  if (port?.portgroupKey !== undefined && read.entity(port.portgroupKey)) return read.ref(port.portgroupKey)
  if (network) return network
  const datacenter = datacenterOf(read, on.value)
  const found = datacenter && deviceName ? networkNamed(read, datacenter, deviceName) : undefined
  return found === undefined ? undefined : read.ref(found)
}
