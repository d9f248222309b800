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
  VirtualMachineFileInfo,
  VirtualMachineVirtualDeviceSwap,
  VirtualMachineVirtualNuma,
  VirtualMachineVirtualNumaInfo,
} from '#vim25/generated/types.js'
import { splitDatastorePath } from '#world/datastore-path.js'
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

/** Options by key; an empty value removes one. */
export function mergeOptions(
  before: readonly OptionValue[] | undefined,
  changes: readonly OptionValue[] | undefined,
): readonly OptionValue[] | undefined {
  if (!changes?.length) return before
  const merged = new Map((before ?? []).map((option) => [option.key, option]))
  for (const change of changes) {
    if (OWN_MEMBERS.has(change.key.toLowerCase())) continue
    if (unboxed(change.value) === '') merged.delete(change.key)
    else merged.set(change.key, change)
  }
  return [...merged.values()]
}

/** A boot order of devices of no kind takes the order off again, as `govc device.boot -order -` asks for it. */
export function bootOptions(
  before: VirtualMachineBootOptions | undefined,
  wanted: VirtualMachineBootOptions,
): VirtualMachineBootOptions | undefined {
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

/** An empty set takes the affinity off again. */
export function affinity(
  path: string,
  wanted: VirtualMachineAffinityInfo,
): VirtualMachineAffinityInfo | undefined {
  if (wanted.affinitySet?.some((cpu) => cpu < 0)) throw badArgument(`${path}.affinitySet`)
  return wanted.affinitySet?.length ? share(wanted) : undefined
}

/**
 * Directories beside the VM's own, for snapshots, suspended memory and logs. Throws InvalidDatastorePath for what is no path on
 * a datastore, InvalidArgument for another vmx file (a VM is where it is) or another directory of Fault Tolerance, which sets
 * that itself.
 */
export function fileDirectories(
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
  for (const [, path] of given)
    if (!splitDatastorePath(path)) throw fault('InvalidDatastorePath', { datastorePath: path ?? '' })
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
