import type { Reader } from '#inventory/reader.js'
import { localizedFault } from '#vim25/fault.js'
import type {
  LocalizedMethodFault,
  VirtualDevice,
  VirtualMachineConfigInfo,
  VmFaultToleranceConfigIssueReasonForIssue,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { splitDatastorePath } from '#world/datastore-path.js'
import { atLeast, type Identity } from '../core/identity.js'
import { groupOf } from './group.js'
import { type FtLimits, ftLimits } from './limits.js'

export type Issue = LocalizedMethodFault

type Reason = VmFaultToleranceConfigIssueReasonForIssue

/** One configuration problem of a VM or a host. */
export function configIssue(read: Reader, reason: Reason, entity: string): Issue {
  return localizedFault('VmFaultToleranceConfigIssue', {
    reason,
    entityName: read.get('ManagedEntity', entity).name,
    entity: read.ref(entity),
  })
}

/** What of a VM itself speaks against Fault Tolerance (fact sheet B.2, D); empty: nothing. */
export function vmIssues(read: Reader, vm: string, identity: Identity, legacy: boolean): readonly Issue[] {
  const value = read.get('VirtualMachine', vm)
  const { config } = value
  if (!config) return [configIssue(read, 'noConfig', vm)]
  const group = groupOf(read, vm)
  const has = (reason: Reason, condition: boolean) => (condition ? [configIssue(read, reason, vm)] : [])
  return [
    ...has('templateVm', config.template),
    ...has('ftSecondaryVm', group?.secondary.vm === vm),
    ...has('moreThanOneSecondary', group?.primary === vm),
    ...has('hasSnapshots', value.snapshot !== undefined),
    ...has(
      'hasNestedHVConfiguration',
      (config.nestedHVEnabled ?? false) || (config.flags.vbsEnabled ?? false),
    ),
    ...has('hasEFIFirmware', config.firmware === 'efi' && !atLeast(identity, '6.7')),
    ...has('hasLocalDisk', !isShared(read, vm)),
    ...has('esxAgentVm', config.managedBy?.type === 'agent'),
    ...(config.repConfig ? [localizedFault('ReplicationIncompatibleWithFT', {})] : []),
    ...sizeIssues(read, vm, config, identity, legacy),
    ...(config.hardware.device ?? []).flatMap((device) =>
      deviceIssues(read, vm, device, ftLimits(identity), legacy),
    ),
    ...has('hasUnsupportedDisk', disksOf(config).length > ftLimits(identity).disks),
  ]
}

function sizeIssues(
  read: Reader,
  vm: string,
  config: VirtualMachineConfigInfo,
  identity: Identity,
  legacy: boolean,
): readonly Issue[] {
  const limits: FtLimits = ftLimits(identity)
  const { numCPU, memoryMB } = config.hardware
  const issues: Issue[] = []
  if (legacy && numCPU > 1) issues.push(configIssue(read, 'multipleVCPU', vm))
  const spoken = atLeast(identity, '6.7')
  if (!legacy && numCPU > limits.vcpus)
    issues.push(
      spoken
        ? configIssue(read, 'tooManyVCPUs', vm)
        : localizedFault('NumVirtualCpusIncompatible', { reason: 'faultTolerance', numCpu: numCPU }),
    )
  if (memoryMB > limits.memoryMB)
    issues.push(
      spoken
        ? configIssue(read, 'tooMuchMemory', vm)
        : incompatible(
            localizedFault('MemorySizeNotSupported', {
              memorySizeMB: memoryMB,
              minMemorySizeMB: 4,
              maxMemorySizeMB: limits.memoryMB,
            }),
          ),
    )
  return issues
}

function incompatible(inner: LocalizedMethodFault): Issue {
  return localizedFault('VmConfigIncompatibleForFaultTolerance', { fault: inner })
}

/** Devices that cannot be mirrored (fact sheet D.4); VMCI, which every VM has, is left idle instead. */
const UNSUPPORTED_DEVICES = [
  'VirtualSerialPort',
  'VirtualParallelPort',
  'VirtualUSB',
  'VirtualSoundCard',
  'VirtualPCIPassthrough',
  'VirtualSriovEthernetCard',
  'VirtualSCSIPassthrough',
  'VirtualTPM',
] as const

function deviceIssues(
  read: Reader,
  vm: string,
  device: VirtualDevice,
  limits: FtLimits,
  legacy: boolean,
): readonly Issue[] {
  const label = device.deviceInfo?.label ?? device._typeName
  const type = device._typeName
  if (UNSUPPORTED_DEVICES.some((unsupported) => isA(type, unsupported)))
    return [incompatible(localizedFault('DeviceNotSupported', { device: label, reason: 'ft' }))]
  if (isA(type, 'VirtualMachineVideoCard'))
    return (device as { enable3DSupport?: boolean }).enable3DSupport
      ? [configIssue(read, 'video3dEnabled', vm)]
      : []
  if (isA(type, 'VirtualDisk')) return diskIssues(read, vm, device, label, limits, legacy)
  if (isA(type, 'VirtualCdrom') || isA(type, 'VirtualFloppy')) return mediaIssues(read, device, label)
  return []
}

interface DiskBacking {
  readonly _typeName: string
  readonly fileName?: string
  readonly datastore?: { readonly value: string }
  readonly diskMode?: string
  readonly sharing?: string
  readonly compatibilityMode?: string
  readonly thinProvisioned?: boolean
  readonly parent?: unknown
}

function diskIssues(
  read: Reader,
  vm: string,
  device: VirtualDevice,
  label: string,
  limits: FtLimits,
  legacy: boolean,
): readonly Issue[] {
  const backing = device.backing as DiskBacking | undefined
  const issues: Issue[] = []
  const bytes = Number((device as { capacityInBytes?: number }).capacityInBytes ?? 0)
  if (bytes > limits.diskBytes || backing?.compatibilityMode === 'physicalMode')
    issues.push(configIssue(read, 'hasUnsupportedDisk', vm))
  if (backing?.diskMode?.startsWith('independent'))
    issues.push(
      incompatible(localizedFault('VirtualDiskModeNotSupported', { device: label, mode: backing.diskMode })),
    )
  if (backing?.sharing === 'sharingMultiWriter')
    issues.push(incompatible(localizedFault('MultiWriterNotSupported', { device: label })))
  if (backing?.parent !== undefined && !read.get('VirtualMachine', vm).snapshot)
    issues.push(configIssue(read, 'hasLinkedCloneDisk', vm))
  if (legacy && backing?.thinProvisioned) issues.push(configIssue(read, 'thinDisk', vm))
  return issues
}

/** An ISO or floppy image is fine on shared storage; a physical or remote drive never is. */
function mediaIssues(read: Reader, device: VirtualDevice, label: string): readonly Issue[] {
  const backing = device.backing as DiskBacking | undefined
  if (!backing || !device.connectable?.connected) return []
  if (backing.fileName === undefined)
    return [incompatible(localizedFault('DeviceNotSupported', { device: label, reason: 'ft' }))]
  if (sharedDatastore(read, backing.datastore?.value)) return []
  return [
    localizedFault('VmFaultToleranceInvalidFileBacking', {
      backingType: isA(device._typeName, 'VirtualCdrom') ? 'virtualCdrom' : 'virtualFloppy',
      backingFilename: backing.fileName,
    }),
  ]
}

export function disksOf(config: VirtualMachineConfigInfo): readonly VirtualDevice[] {
  return (config.hardware.device ?? []).filter((device) => isA(device._typeName, 'VirtualDisk'))
}

/** The VM's own files must be where other hosts reach them; the VMDKs of SMP-FT need not be (fact sheet D.3). */
function isShared(read: Reader, vm: string): boolean {
  const home = homeDatastore(read, vm)
  return home === undefined || sharedDatastore(read, home)
}

/** Moid of the datastore that holds the VM's configuration file. */
export function homeDatastore(read: Reader, vm: string): string | undefined {
  const { config, datastore } = read.get('VirtualMachine', vm)
  const name = splitDatastorePath(config?.files.vmPathName)?.datastore
  return datastore?.find(({ value }) => read.find('Datastore', value)?.summary.name === name)?.value
}

/** NFS can be mounted by every host, whether or not others have done so yet. */
function sharedDatastore(read: Reader, datastore: string | undefined): boolean {
  const summary = datastore === undefined ? undefined : read.find('Datastore', datastore)?.summary
  return summary !== undefined && ((summary.multipleHostAccess ?? false) || summary.type.startsWith('NFS'))
}
