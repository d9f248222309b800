import { exact, type Messages, ours } from './message.js'

/** Virtual machines: power states, configuration, devices, snapshots. */
export const virtualMachines: Messages = {
  InvalidPowerState: exact(
    'recorded vCenter answers (rest-wire.md 1.6)',
    'The attempted operation cannot be performed in the current state ({existingState}).',
  ),
  InvalidDeviceSpec: exact(
    "govmomi's tests against a real ESXi",
    "Invalid configuration for device '{deviceIndex}'.",
  ),
  CpuHotPlugNotSupported: exact(
    'public PowerShell scripts that match the text',
    'CPU hot plug is not supported for this virtual machine.',
  ),
  // By analogy with the sentence about CPUs.
  MemoryHotPlugNotSupported: ours('Memory hot plug is not supported for this virtual machine.'),
  CannotAccessVmConfig: exact(
    'public transcripts of RegisterVM_Task',
    'Unable to access the virtual machine configuration: {reason}',
  ),

  VmConfigFault: ours('The configuration of the virtual machine is not valid.'),
  InvalidVmConfig: ours(
    'The configuration of the virtual machine is not valid: {property}.',
    'The configuration of the virtual machine is not valid.',
  ),
  GenericVmConfigFault: ours('{reason}', 'The configuration of the virtual machine is not valid.'),
  InvalidVmState: ours("The operation is not allowed in the current state of the virtual machine '{vm}'."),
  VmPowerOnDisabled: ours('Powering on the virtual machine is disabled.'),
  QuestionPending: ours('The virtual machine waits for an answer: {text}'),
  CannotPowerOffVmInCluster: ours(
    'The virtual machine {vmName} is needed by its cluster and cannot be {operation}.',
  ),
  VirtualHardwareCompatibilityIssue: ours('The host does not support the hardware of the virtual machine.'),
  VirtualHardwareVersionNotSupported: ours(
    'The host {hostName} does not support the hardware version of the virtual machine.',
  ),
  CpuIncompatible: ours(
    'The processor of the host lacks features that the virtual machine needs (CPUID level {level}, register {registerName}).',
  ),
  FeatureRequirementsNotMet: ours('The host lacks features that the virtual machine needs.'),
  NumVirtualCpusNotSupported: ours(
    'The virtual machine has {numCpuVm} virtual CPUs; the host supports {maxSupportedVcpusDest}.',
  ),
  NumVirtualCoresPerSocketNotSupported: ours(
    'The virtual machine has {numCoresPerSocketVm} cores per socket; the host supports {maxSupportedCoresPerSocketDest}.',
  ),
  NotEnoughCpus: ours(
    'The virtual machine has {numCpuVm} virtual CPUs; the host has {numCpuDest} processors.',
  ),
  NotEnoughLogicalCpus: ours(
    'The virtual machine has {numCpuVm} virtual CPUs; the host has {numCpuDest} logical processors.',
  ),
  MemorySizeNotSupported: ours(
    'The memory size of {memorySizeMB} MB is not supported. It must be between {minMemorySizeMB} MB and {maxMemorySizeMB} MB.',
  ),
  MemorySizeNotRecommended: ours(
    'The memory size of {memorySizeMB} MB is not recommended. It should be between {minMemorySizeMB} MB and {maxMemorySizeMB} MB.',
  ),
  MemorySizeNotSupportedByDatastore: ours(
    "The datastore '{datastore}' supports at most {maxMemorySizeMB} MB of memory; the virtual machine has {memorySizeMB} MB.",
  ),
  UnsupportedGuest: ours("The host does not support the guest operating system '{unsupportedGuestOS}'."),
  TooManyDevices: ours('The virtual machine has too many devices of this kind.'),
  VmValidateMaxDevice: ours(
    'The virtual machine has {count} devices of the kind {device}; {max} are allowed.',
  ),
  DeviceNotSupported: ours("The device '{device}' is not supported."),
  DeviceBackingNotSupported: ours("The device '{device}' is not supported with the backing '{backing}'."),
  DeviceControllerNotSupported: ours(
    "The device '{device}' is not supported on the controller '{controller}'.",
  ),
  VirtualEthernetCardNotSupported: ours(
    "The network adapter '{device}' is not supported for this guest operating system. Choose one of its supported adapters.",
  ),
  VirtualDiskModeNotSupported: ours("The disk mode '{mode}' of '{device}' is not supported."),
  RawDiskNotSupported: ours("The raw disk '{device}' is not supported."),
  RDMNotSupported: ours("The raw device mapping '{device}' is not supported."),
  PhysCompatRDMNotSupported: ours("The physical raw device mapping '{device}' is not supported."),
  RemoteDeviceNotSupported: ours("The remote device '{device}' is not supported. Disconnect it first."),
  SharedBusControllerNotSupported: ours("The controller '{device}' shares its bus, which is not supported."),
  MultiWriterNotSupported: ours("The disk '{device}' is shared by several writers, which is not supported."),
  DigestNotSupported: ours("The disk '{device}' has digests, which are not supported."),
  VirtualDiskBlocksNotFullyProvisioned: ours("The disk '{device}' is thin provisioned. Inflate it first."),
  UnusedVirtualDiskBlocksNotScrubbed: ours(
    "The unused blocks of the disk '{device}' are not zeroed. Zero them first.",
  ),
  InvalidDeviceBacking: ours(
    "Invalid configuration for device '{deviceIndex}'. Its backing does not exist or does not fit the device.",
  ),
  InvalidDeviceOperation: ours(
    "Invalid configuration for device '{deviceIndex}'. The operation '{badOp}' is not possible for it.",
    "Invalid configuration for device '{deviceIndex}'. The file operation '{badFileOp}' is not possible for it.",
    "Invalid configuration for device '{deviceIndex}'. The operation is not possible for it.",
  ),
  InvalidController: ours(
    "Invalid configuration for device '{deviceIndex}'. There is no controller with the key {controllerKey}.",
  ),
  MissingController: ours("Invalid configuration for device '{deviceIndex}'. It needs a controller."),
  DeviceNotFound: ours(
    "Invalid configuration for device '{deviceIndex}'. The virtual machine has no such device.",
  ),
  DeviceHotPlugNotSupported: ours(
    "Invalid configuration for device '{deviceIndex}'. It cannot be changed while the virtual machine is powered on.",
  ),
  DeviceUnsupportedForVmPlatform: ours(
    "Invalid configuration for device '{deviceIndex}'. The platform does not have it.",
  ),
  DeviceUnsupportedForVmVersion: ours(
    "Invalid configuration for device '{deviceIndex}'. It needs the hardware version {expectedVersion}; the virtual machine has {currentVersion}.",
  ),
  DisallowedDiskModeChange: ours(
    "Invalid configuration for device '{deviceIndex}'. Its disk mode cannot be changed now.",
  ),
  CannotAccessVmComponent: ours('A part of the virtual machine is not accessible.'),
  CannotAccessVmDevice: ours(
    "The backing '{backing}' of the device '{device}' is not accessible from the host.",
  ),
  CannotAccessVmDisk: ours("The disk '{device}' is not accessible from the host: {fault}"),
  CannotAccessNetwork: ours("The network '{backing}' of '{device}' is not accessible from the host."),
  CannotUseNetwork: ours("The device '{device}' cannot use the network '{backing}': {reason}."),
  UnsupportedDatastore: ours(
    "The datastore '{datastore}' does not support the virtual machine.",
    'The datastore does not support the virtual machine.',
  ),
  UnsupportedVmxLocation: ours('The configuration file cannot be at this place.'),
  InvalidFormat: ours('The format of the configuration or of a disk is not valid.'),
  InvalidSnapshotFormat: ours('The format of the snapshots of the virtual machine is not valid.'),
  RuleViolation: ours('The operation would break a rule of the cluster.'),
  VmHostAffinityRuleViolation: ours('A rule of the cluster keeps {vmName} off the host {hostName}.'),

  SnapshotFault: ours('The snapshot could not be taken or changed.'),
  SnapshotDisabled: ours('Snapshots are disabled for the virtual machine.'),
  SnapshotLocked: ours('The snapshots of the virtual machine are locked by another operation.'),
  SnapshotNoChange: ours('Nothing changed since the last snapshot.'),
  SnapshotIncompatibleDeviceInVm: ours('A device of the virtual machine does not allow snapshots: {fault}'),
  MemorySnapshotOnIndependentDisk: ours(
    'The virtual machine has an independent disk, so its memory cannot be part of a snapshot.',
  ),
  MultipleSnapshotsNotSupported: ours('The virtual machine supports one snapshot only.'),
  TooManySnapshotLevels: ours('The virtual machine has too many levels of snapshots. Delete some first.'),
  ApplicationQuiesceFault: ours('The applications in the guest could not be quiesced for the snapshot.'),
  FilesystemQuiesceFault: ours('The file systems in the guest could not be quiesced for the snapshot.'),
}
