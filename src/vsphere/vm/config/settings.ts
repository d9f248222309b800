import type { Reader } from '#inventory/reader.js'
import { unboxed } from '#vim25/any.js'
import { data, patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  ManagedByInfo,
  OptionValue,
  ReplicationConfigSpec,
  ScheduledHardwareUpgradeInfo,
  VirtualDevice,
  VirtualMachineAffinityInfo,
  VirtualMachineBootOptions,
  VirtualMachineBootOptionsBootableDiskDevice,
  VirtualMachineFileInfo,
  VirtualMachineVirtualDeviceSwap,
  VirtualMachineVirtualNuma,
  VirtualMachineVirtualNumaInfo,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { splitDatastorePath } from '#world/datastore-path.js'
import { datastoreNamed } from '../../datastore/volumes.js'
import { versionNumber } from '../hardware-version.js'
import { share } from '../share.js'
import { badArgument } from './faults.js'
import { overlay } from './overlay.js'

/** Keys of the configuration file that have members of their own in the spec: as options they are ignored. */
const OWN_MEMBERS: ReadonlySet<string> = new Set(
  [
    'displayName',
    'guestOS',
    'memSize',
    'numvcpus',
    'annotation',
    'virtualHW.version',
    'uuid.bios',
    'vc.uuid',
  ].map((key) => key.toLowerCase()),
)

/** Options by key; an empty value removes one. Throws InvalidArgument for one without a key. */
export function mergeOptions(
  before: readonly OptionValue[] | undefined,
  changes: readonly OptionValue[] | undefined,
): readonly OptionValue[] | undefined {
  if (!changes?.length) return before
  const nameless = changes.findIndex(({ key }) => key === '')
  if (nameless >= 0) throw badArgument(`extraConfig[${nameless}].key`)
  const merged = new Map((before ?? []).map((option) => [option.key, option]))
  for (const change of changes) {
    if (OWN_MEMBERS.has(change.key.toLowerCase())) continue
    if (unboxed(change.value) === '') merged.delete(change.key)
    else merged.set(change.key, change)
  }
  return [...merged.values()]
}

/** What a VM boots from that is named by its key, and whether a device is of that kind. */
const BOOTABLE: Readonly<Record<string, (type: string) => boolean>> = {
  VirtualMachineBootOptionsBootableDiskDevice: (type) => type === 'VirtualDisk',
  VirtualMachineBootOptionsBootableEthernetDevice: (type) => isA(type, 'VirtualEthernetCard'),
}

/**
 * A boot order of devices of no kind takes the order off again, as `govc device.boot -order -` asks for it. Throws
 * InvalidArgument for a disk or a card that the VM does not have.
 */
export function bootOptions(
  before: VirtualMachineBootOptions | undefined,
  wanted: VirtualMachineBootOptions,
  devices: readonly VirtualDevice[],
): VirtualMachineBootOptions | undefined {
  wanted.bootOrder?.forEach((bootable, at) => {
    const isOfKind = BOOTABLE[bootable._typeName]
    const { deviceKey } = bootable as VirtualMachineBootOptionsBootableDiskDevice
    if (isOfKind && !devices.some(({ key, _typeName }) => key === deviceKey && isOfKind(_typeName)))
      throw badArgument(`bootOptions.bootOrder[${at}].deviceKey`)
  })
  const order = wanted.bootOrder?.filter(
    ({ _typeName }) => _typeName !== 'VirtualMachineBootOptionsBootableDevice',
  )
  const merged = overlay(before, wanted)
  return order?.length === 0 && merged ? share(patch(merged, { bootOrder: undefined })) : merged
}

/** An empty extension key takes the mark off again (deviation 49). */
export function managedBy(wanted: ManagedByInfo): ManagedByInfo | undefined {
  return wanted.extensionKey === '' ? undefined : share(wanted)
}

/**
 * An empty set takes the affinity off again. `there` says how many CPUs or nodes the host has, if there is a host. Throws
 * InvalidArgument for one that it does not have.
 */
export function affinity(
  path: string,
  wanted: VirtualMachineAffinityInfo,
  there = Number.POSITIVE_INFINITY,
): VirtualMachineAffinityInfo | undefined {
  if (wanted.affinitySet?.some((each) => each < 0 || each >= there)) throw badArgument(`${path}.affinitySet`)
  return wanted.affinitySet?.length ? share(wanted) : undefined
}

/**
 * Directories beside the VM's own, for snapshots, suspended memory and logs. Throws InvalidDatastorePath for what is no path on
 * a datastore of the datacenter, InvalidArgument for another vmx file (a VM is where it is) or another directory of Fault Tolerance, which sets
 * that itself.
 */
export function fileDirectories(
  { read, datacenter }: { readonly read: Reader; readonly datacenter: string },
  before: VirtualMachineFileInfo,
  wanted: VirtualMachineFileInfo,
): VirtualMachineFileInfo {
  if (wanted.vmPathName && wanted.vmPathName !== before.vmPathName) throw badArgument('files.vmPathName')
  if (wanted.ftMetadataDirectory && wanted.ftMetadataDirectory !== before.ftMetadataDirectory)
    throw badArgument('files.ftMetadataDirectory')
  const { snapshotDirectory, suspendDirectory, logDirectory } = wanted
  const given = Object.entries({ snapshotDirectory, suspendDirectory, logDirectory }).filter(
    ([, path]) => path,
  )
  for (const [, path] of given) {
    const place = splitDatastorePath(path)
    if (!place || datastoreNamed(read, datacenter, place.datastore) === undefined)
      throw fault('InvalidDatastorePath', { datastorePath: path ?? '' })
  }
  return given.length > 0 ? patch(before, Object.fromEntries(given)) : before
}

/** The size of a NUMA node: 0 leaves it to the host. */
export function numaInfo(
  before: VirtualMachineVirtualNumaInfo | undefined,
  { coresPerNumaNode, exposeVnumaOnCpuHotadd }: VirtualMachineVirtualNuma,
): VirtualMachineVirtualNumaInfo {
  const cores = coresPerNumaNode ?? before?.coresPerNumaNode ?? 0
  return share(
    data('VirtualMachineVirtualNumaInfo', {
      coresPerNumaNode: cores,
      autoCoresPerNumaNode: cores === 0,
      vnumaOnCpuHotaddExposed: exposeVnumaOnCpuHotadd ?? before?.vnumaOnCpuHotaddExposed ?? false,
    }),
  )
}

/** A scheduled upgrade waits until it is done; without one nothing is planned. Throws InvalidArgument for a bad version. */
export function scheduledUpgrade(
  before: ScheduledHardwareUpgradeInfo | undefined,
  wanted: ScheduledHardwareUpgradeInfo,
  newest: number,
): ScheduledHardwareUpgradeInfo | undefined {
  const version = wanted.versionKey ? versionNumber(wanted.versionKey) : newest
  if (version === undefined || version > newest) throw badArgument('scheduledHardwareUpgradeInfo.versionKey')
  const policy = wanted.upgradePolicy ?? before?.upgradePolicy ?? 'never'
  return overlay(
    before,
    patch(wanted, {
      scheduledHardwareUpgradeStatus: policy === 'never' ? 'none' : 'pending',
      fault: undefined,
    }),
  )
}

/** LSI Logic controllers that are to become PVSCSI ones: planned if there are any. */
export function deviceSwap(
  before: VirtualMachineVirtualDeviceSwap | undefined,
  wanted: VirtualMachineVirtualDeviceSwap,
  devices: readonly VirtualDevice[],
): VirtualMachineVirtualDeviceSwap | undefined {
  if (!wanted.lsiToPvscsi) return before
  const applicable = devices.some(({ _typeName }) => _typeName.startsWith('VirtualLsiLogic'))
  const enabled = wanted.lsiToPvscsi.enabled ?? before?.lsiToPvscsi?.enabled ?? false
  const status = enabled && applicable ? 'scheduled' : 'none'
  return share(
    data('VirtualMachineVirtualDeviceSwap', {
      lsiToPvscsi: data('VirtualMachineVirtualDeviceSwapDeviceSwapInfo', { enabled, applicable, status }),
    }),
  )
}

/** Replication of disks that the VM has. Throws InvalidArgument for another one. */
export function replication(
  wanted: ReplicationConfigSpec,
  devices: readonly VirtualDevice[],
): ReplicationConfigSpec {
  wanted.disk?.forEach(({ key }, at) => {
    if (!devices.some((device) => device.key === key && device._typeName === 'VirtualDisk'))
      throw badArgument(`repConfig.disk[${at}].key`)
  })
  return wanted
}
