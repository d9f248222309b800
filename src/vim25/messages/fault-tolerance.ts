import { exact, type Messages, ours, reasons } from './message.js'

const ISSUE = 'The Fault Tolerance configuration of the entity {entityName} has an issue: '

/**
 * Fault Tolerance (fact sheet B.1, B.2, C). Only the frame of the configuration issue, one reason and the failed
 * power-on are known word by word.
 */
export const faultTolerance: Messages = {
  VmFaultToleranceIssue: ours('The operation is not possible because of Fault Tolerance.'),
  VmFaultToleranceConfigIssue: ours(
    `${ISSUE}{reason}`,
    `${ISSUE}its configuration does not support Fault Tolerance.`,
  ),
  ...reasons('VmFaultToleranceConfigIssue', ISSUE, {
    haNotEnabled: 'vSphere HA is not enabled on the cluster. Turn on vSphere HA first.',
    moreThanOneSecondary: 'The virtual machine already has a Secondary VM.',
    recordReplayNotSupported: 'The virtual machine does not support record and replay.',
    templateVm: 'The virtual machine is a template. Convert it to a virtual machine first.',
    multipleVCPU: 'The virtual machine has more than one virtual CPU.',
    hostInactive: 'The host is disconnected, in maintenance mode or in standby mode.',
    ftUnsupportedHardware: 'The hardware of the host does not support Fault Tolerance.',
    ftUnsupportedProduct: 'The product on the host does not support Fault Tolerance.',
    missingVMotionNic:
      'No VMkernel network adapter of the host is enabled for vMotion, or the host is not licensed for it.',
    missingFTLoggingNic: 'No VMkernel network adapter of the host is enabled for Fault Tolerance logging.',
    thinDisk: 'A virtual disk is thin provisioned. Inflate it first.',
    verifySSLCertificateFlagNotSet:
      'vCenter Server does not check the certificates of hosts. Turn the check on.',
    hasSnapshots: 'The virtual machine has snapshots. Delete all snapshots first.',
    noConfig: 'The configuration of the virtual machine is not available.',
    ftSecondaryVm: 'The virtual machine is a Secondary VM.',
    hasLocalDisk: 'Files of the virtual machine are on a datastore that the hosts do not share.',
    esxAgentVm: 'The virtual machine is an ESX agent.',
    video3dEnabled: 'The video card of the virtual machine has 3D enabled. Turn it off.',
    hasUnsupportedDisk: 'A virtual disk of the virtual machine does not support Fault Tolerance.',
    insufficientBandwidth:
      'The network adapter for Fault Tolerance logging does not have the bandwidth that is wanted. Use a 10 Gbit adapter.',
    hasNestedHVConfiguration:
      'The virtual machine has hardware virtualization or virtualization-based security exposed to its guest. Turn it off.',
    hasVFlashConfiguration: 'The virtual machine uses the flash read cache. Remove it from the disks.',
    unsupportedProduct:
      'The version of ESXi on the host does not support Fault Tolerance for this virtual machine.',
    cpuHvUnsupported: 'The processor of the host has no hardware virtualization.',
    cpuHwmmuUnsupported: 'The processor of the host has no hardware MMU virtualization (EPT or RVI).',
    cpuHvDisabled:
      'Hardware virtualization is disabled in the firmware of the host. Enable it and restart the host.',
    hasEFIFirmware:
      'The virtual machine uses EFI firmware, which the host does not support with Fault Tolerance.',
    tooManyVCPUs: 'The virtual machine has more virtual CPUs than Fault Tolerance supports. Remove some.',
    tooMuchMemory: 'The virtual machine has more memory than Fault Tolerance supports. Reduce it.',
    vMotionNotLicensed: 'The host is not licensed for vMotion.',
    ftNotLicensed: 'The host is not licensed for Fault Tolerance.',
    haAgentIssue:
      'The vSphere HA agent of the host is not running or has an error. Reconfigure vSphere HA on the host.',
    unsupportedSPBM: 'The virtual machine has a storage policy that does not support Fault Tolerance.',
    hasLinkedCloneDisk: 'A virtual disk is a linked clone. Consolidate it first.',
    unsupportedPMemHAFailOver: 'The virtual machine uses persistent memory without failover by vSphere HA.',
    unsupportedEncryptedDisk: 'An encrypted disk of the virtual machine does not support Fault Tolerance.',
    ftMetroClusterNotEditable: 'FT Metro Cluster cannot be changed while Fault Tolerance is on.',
    noHostGroupConfigured: 'No host group is configured for FT Metro Cluster.',
  }),
  'VmFaultToleranceConfigIssue.replayNotSupported': exact(
    'boche.net, 2009-07-10 (vCenter Server 4.0)',
    `${ISSUE}The virtual machine's current configuration does not support Fault Tolerance.`,
  ),
  VmFaultToleranceConfigIssueWrapper: ours(`${ISSUE}{error}`),
  VmFaultToleranceOpIssuesList: ours(
    'Fault Tolerance has issues that stop the operation: {errors}',
    'Fault Tolerance reports warnings: {warnings}',
    'Fault Tolerance has issues that stop the operation. Refer to the errors list for details.',
  ),
  VmFaultToleranceInvalidFileBacking: ours(
    "The {backingType} with the file '{backingFilename}' prevents Fault Tolerance. Disconnect it, or put the file on a shared datastore.",
    'The file behind a device prevents Fault Tolerance. Disconnect the device, or put the file on a shared datastore.',
  ),
  FaultToleranceNotLicensed: ours(
    'Fault Tolerance is not licensed on the host {hostName}.',
    'Fault Tolerance is not licensed on the host.',
  ),
  HostIncompatibleForFaultTolerance: ours(
    'The host {hostName} does not support Fault Tolerance.',
    'The host does not support Fault Tolerance.',
  ),
  ...reasons('HostIncompatibleForFaultTolerance', 'The host {hostName} does not support Fault Tolerance: ', {
    product: 'the product on it is too old or has no such feature.',
    processor: 'its processor is not suited.',
  }),
  FtIssuesOnHost: ours(
    'The host {hostName} cannot run the Fault Tolerance virtual machine: {errors}',
    'The host {hostName} cannot run the Fault Tolerance virtual machine.',
  ),
  IncompatibleHostForFtSecondary: ours(
    "The host '{host}' cannot run the Secondary VM: {error}",
    "The host '{host}' cannot run the Secondary VM.",
  ),
  NoHostSuitableForFtSecondary: ours(
    'No host can run the Secondary VM of {vmName}. Check the vSphere HA state, the networks and the free memory of the other hosts.',
  ),
  PowerOnFtSecondaryFailed: exact(
    'public forum report (fact sheet C.1)',
    'Cannot power on the Fault Tolerance Secondary VM for virtual machine {vmName}. Refer to the errors list for details.',
  ),
  PowerOnFtSecondaryTimedout: ours(
    'The Fault Tolerance Secondary VM of {vmName} did not start within {timeout} seconds.',
  ),
  FaultTolerancePrimaryPowerOnNotAttempted: ours(
    "The Secondary VM '{secondaryVm}' was not powered on because its Primary VM '{primaryVm}' was not.",
  ),
  InvalidOperationOnSecondaryVm: ours(
    'The operation is not possible on the Secondary VM {instanceUuid}. Call it on the Primary VM.',
  ),
  SecondaryVmAlreadyDisabled: ours('The Secondary VM {instanceUuid} is already disabled.'),
  SecondaryVmAlreadyEnabled: ours('The Secondary VM {instanceUuid} is already enabled.'),
  SecondaryVmAlreadyRegistered: ours('The Secondary VM {instanceUuid} is already registered.'),
  SecondaryVmNotRegistered: ours('The Secondary VM {instanceUuid} is not registered.'),
  CannotChangeDrsBehaviorForFtSecondary: ours(
    'The DRS automation level of the Secondary VM {vmName} cannot be changed. Change that of its Primary VM.',
  ),
  CannotChangeHaSettingsForFtSecondary: ours(
    'The vSphere HA settings of the Secondary VM {vmName} cannot be changed. Change those of its Primary VM.',
  ),
  CannotComputeFTCompatibleHosts: ours(
    'The hosts that could run the Secondary VM of {vmName} cannot be computed.',
  ),
  NotSupportedDeviceForFT: ours(
    "The host {hostName} does not support the device '{deviceLabel}' of {vmName} with Fault Tolerance.",
    'The host does not support a device of type {deviceType} with Fault Tolerance.',
  ),
  FaultToleranceVmNotDasProtected: ours(
    'The Fault Tolerance virtual machine {vmName} is not protected by vSphere HA, so it would not be restarted.',
  ),
  FaultToleranceCannotEditMem: ours(
    'The memory settings of {vmName} cannot be changed while Fault Tolerance is on. Turn off Fault Tolerance first.',
  ),
  VmConfigIncompatibleForFaultTolerance: ours(
    'The configuration of the virtual machine is not compatible with Fault Tolerance: {fault}',
    'The configuration of the virtual machine is not compatible with Fault Tolerance.',
  ),
  NumVirtualCpusIncompatible: ours(
    'A virtual machine with {numCpu} virtual CPUs does not support this feature.',
  ),
  ...reasons('NumVirtualCpusIncompatible', 'A virtual machine with {numCpu} virtual CPUs does not support ', {
    recordReplay: 'record and replay.',
    faultTolerance: 'Fault Tolerance.',
  }),
  FaultToleranceCpuIncompatible: ours(
    'The processors of the two hosts differ too much for Fault Tolerance. Use hosts with the same processor family.',
  ),
  FaultToleranceNotSameBuild: ours(
    'The destination host does not have the build {build} that Fault Tolerance needs on both hosts.',
  ),
  FaultToleranceNeedsThickDisk: ours(
    'The virtual machine {vmName} has thin-provisioned disks, which this kind of Fault Tolerance does not support.',
  ),
  FaultToleranceAntiAffinityViolated: ours(
    'The host {hostName} already runs the other virtual machine of this Fault Tolerance pair.',
  ),
  VmFaultToleranceTooManyVMsOnHost: ours(
    'The host {hostName} already has the {maxNumFtVms} Fault Tolerance virtual machines that it may have (das.maxFtVmsPerHost).',
    'The host already has the {maxNumFtVms} Fault Tolerance virtual machines that it may have (das.maxFtVmsPerHost).',
  ),
  VmSmpFaultToleranceTooManyVMsOnHost: ours(
    'The host {hostName} already has the {maxNumSmpFtVms} multiprocessor Fault Tolerance virtual machines that it may have (das.maxFtVmsPerHost).',
    'The host already has the {maxNumSmpFtVms} multiprocessor Fault Tolerance virtual machines that it may have (das.maxFtVmsPerHost).',
  ),
  VmFaultToleranceTooManyFtVcpusOnHost: ours(
    'The host {hostName} would have more than {maxNumFtVcpus} virtual CPUs under Fault Tolerance (das.maxFtVCpusPerHost).',
    'The host would have more than {maxNumFtVcpus} virtual CPUs under Fault Tolerance (das.maxFtVCpusPerHost).',
  ),
  VmMonitorIncompatibleForFaultTolerance: ours(
    'Fault Tolerance cannot be turned on for the virtual machine while it is powered on. Power it off first.',
  ),
  FtVmHostRuleViolation: ours(
    'The host {hostName} is not in the host group {hostGroup} that FT Metro Cluster needs for {vmName}.',
  ),
  ReplicationIncompatibleWithFT: ours('A replicated virtual machine does not support Fault Tolerance.'),
  CannotMoveFaultToleranceVm: ours(
    'The virtual machine {vmName} cannot be moved to another {moveType} while Fault Tolerance is on.',
  ),
  CannotMoveHostWithFaultToleranceVm: ours(
    'The host has Fault Tolerance virtual machines and cannot leave its cluster. Turn off Fault Tolerance or move them first.',
  ),
  CannotDisconnectHostWithFaultToleranceVm: ours(
    'The host {hostName} has Fault Tolerance virtual machines. Put it into maintenance mode before disconnecting it.',
  ),
  CannotAddHostWithFTVmAsStandalone: ours(
    'A host with Fault Tolerance virtual machines cannot be added as a standalone host.',
  ),
  CannotAddHostWithFTVmToDifferentCluster: ours(
    'A host with Fault Tolerance virtual machines cannot be added to a different cluster.',
  ),
  CannotAddHostWithFTVmToNonHACluster: ours(
    'A host with Fault Tolerance virtual machines can only be added to a cluster with vSphere HA.',
  ),
  StorageDrsCannotMoveFTVm: ours('Storage DRS cannot move a virtual machine while Fault Tolerance is on.'),
  InaccessibleFTMetadataDatastore: ours(
    "The datastore '{name}' with the Fault Tolerance metadata is not accessible from the host.",
  ),
  InvalidDasRestartPriorityForFtVm: ours(
    'A specified parameter was not correct: {invalidProperty}. The restart of the Fault Tolerance virtual machine {vmName} cannot be disabled.',
  ),
  InvalidDrsBehaviorForFtVm: ours(
    'A specified parameter was not correct: {invalidProperty}. This DRS automation level is not possible for the Fault Tolerance virtual machine {vmName}.',
  ),
  FailToLockFaultToleranceVMs: ours(
    'The Fault Tolerance pair of {vmName} is in use by another operation. Try again when that has finished.',
  ),
  RecordReplayDisabled: ours('Record and replay is disabled for the virtual machine.'),
  HostIncompatibleForRecordReplay: ours(
    'The host {hostName} does not support record and replay.',
    'The host does not support record and replay.',
  ),
  VmConfigIncompatibleForRecordReplay: ours(
    'The configuration of the virtual machine is not compatible with record and replay: {fault}',
    'The configuration of the virtual machine is not compatible with record and replay.',
  ),
}
