import { data, patch } from '#vim25/data.js'
import type { HostCapability } from '#vim25/generated/types.js'
import type { Hardware } from '#world/machine.js'
import { cpuFeatures } from './cpu/cpuid.js'
import { asOf, releaseOf } from './release.js'

/**
 * What an 8.0.3 host says of itself: recorded values (fact sheet A.3), the rest as the release's documentation has it. The FT
 * members (`ftSupported`, `smpFtSupported`, `*CompatibilityIssues`) are derived by the fault-tolerance family; here they
 * are those of a host without anything.
 */
const NEWEST = data('HostCapability', {
  recursiveResourcePoolsSupported: true,
  cpuMemoryResourceConfigurationSupported: true,
  rebootSupported: true,
  shutdownSupported: true,
  vmotionSupported: true,
  standbySupported: false,
  ipmiSupported: false,
  maxSupportedVMs: 0,
  maxRunningVMs: 0,
  maxSupportedVcpus: 768,
  datastorePrincipalSupported: false,
  sanSupported: true,
  nfsSupported: true,
  iscsiSupported: true,
  vlanTaggingSupported: true,
  nicTeamingSupported: true,
  highGuestMemSupported: true,
  maintenanceModeSupported: true,
  suspendedRelocateSupported: true,
  restrictedSnapshotRelocateSupported: true,
  perVmSwapFiles: true,
  localSwapDatastoreSupported: true,
  unsharedSwapVMotionSupported: true,
  backgroundSnapshotsSupported: false,
  preAssignedPCIUnitNumbersSupported: true,
  screenshotSupported: true,
  scaledScreenshotSupported: true,
  storageVMotionSupported: true,
  vmotionWithStorageVMotionSupported: true,
  vmotionAcrossNetworkSupported: true,
  maxNumDisksSVMotion: 248,
  maxVirtualDiskDescVersionSupported: 7,
  hbrNicSelectionSupported: true,
  vrNfcNicSelectionSupported: true,
  recordReplaySupported: false,
  ftSupported: false,
  replayUnsupportedReason: 'incompatibleProduct',
  smpFtSupported: false,
  maxVcpusPerFtVm: 8,
  loginBySSLThumbprintSupported: true,
  cloneFromSnapshotSupported: true,
  deltaDiskBackingsSupported: true,
  perVMNetworkTrafficShapingSupported: true,
  tpmSupported: false,
  tpmVersion: '',
  txtEnabled: false,
  virtualExecUsageSupported: true,
  storageIORMSupported: true,
  vmDirectPathGen2Supported: false,
  vmDirectPathGen2UnsupportedReason: ['hostNptIncompatibleHardware'],
  supportedVmfsMajorVersion: [5, 6],
  vStorageCapable: true,
  snapshotRelayoutSupported: true,
  firewallIpRulesSupported: true,
  servicePackageInfoSupported: true,
  vmfsDatastoreMountCapable: true,
  eightPlusHostVmfsSharedAccessSupported: true,
  nestedHVSupported: true,
  vPMCSupported: true,
  interVMCommunicationThroughVMCISupported: false,
  scheduledHardwareUpgradeSupported: true,
  featureCapabilitiesSupported: true,
  latencySensitivitySupported: true,
  storagePolicySupported: true,
  accel3dSupported: true,
  reliableMemoryAware: true,
  multipleNetworkStackInstanceSupported: true,
  messageBusProxySupported: true,
  vsanSupported: true,
  vFlashSupported: true,
  hostAccessManagerSupported: true,
  provisioningNicSelectionSupported: true,
  nfs41Supported: true,
  nfs41Krb5iSupported: true,
  turnDiskLocatorLedSupported: true,
  virtualVolumeDatastoreSupported: true,
  markAsSsdSupported: true,
  markAsLocalSupported: true,
  smartCardAuthenticationSupported: true,
  pMemSupported: true,
  pMemSnapshotSupported: true,
  cryptoSupported: true,
  oneKVolumeAPIsSupported: true,
  gatewayOnNicSupported: true,
  upitSupported: true,
  cpuHwMmuSupported: true,
  encryptedVMotionSupported: true,
  encryptionChangeOnAddRemoveSupported: true,
  encryptionHotOperationSupported: true,
  encryptionWithSnapshotsSupported: true,
  encryptionFaultToleranceSupported: false,
  encryptionMemorySaveSupported: true,
  encryptionRDMSupported: false,
  encryptionVFlashSupported: false,
  encryptionCBRCSupported: true,
  encryptionHBRSupported: true,
  ftEfiSupported: true,
  unmapMethodSupported: 'dynamic',
  maxMemMBPerFtVm: 131_072,
  virtualMmuUsageIgnored: true,
  virtualExecUsageIgnored: true,
  vmCreateDateSupported: true,
  vmfs3EOLSupported: true,
  ftVmcpSupported: true,
  quickBootSupported: false,
  encryptedFtSupported: true,
  assignableHardwareSupported: true,
  suspendToMemorySupported: true,
  useFeatureReqsForOldHWv: true,
  markPerenniallyReservedSupported: true,
  hppPspSupported: true,
  deviceRebindWithoutRebootSupported: true,
  storagePolicyChangeSupported: true,
  precisionTimeProtocolSupported: true,
  remoteDeviceVMotionSupported: true,
  maxSupportedVmMemory: 25_149_440,
  ahDeviceHintsSupported: true,
  nvmeOverTcpSupported: true,
  nvmeStorageFabricServicesSupported: true,
  assignHwPciConfigSupported: true,
  timeConfigSupported: true,
  nvmeBatchOperationsSupported: true,
  pMemFailoverSupported: true,
  hostConfigEncryptionSupported: true,
  maxSupportedSimultaneousThreads: 2,
  ptpConfigSupported: true,
  maxSupportedPtpPorts: 1,
  sgxRegistrationSupported: false,
  pMemIndependentSnapshotSupported: true,
  iommuSLDirtyCapable: false,
  vmknicBindingSupported: true,
  ultralowFixedUnmapSupported: true,
  nvmeVvolSupported: true,
  fptHotplugSupported: true,
  mconnectSupported: true,
  vsanNicMgmtSupported: true,
  vvolNQNSupported: true,
})

/** Values that older releases had otherwise; the newest entry whose release the host has reached is used. */
const OLDER: readonly (readonly [version: string, changes: Partial<HostCapability>])[] = [
  ['8.', {}],
  ['7.', { maxVirtualDiskDescVersionSupported: undefined }],
  ['6.7', { maxSupportedVcpus: 128, supportedVmfsMajorVersion: Object.freeze([3, 5, 6]) }],
  [
    '6.5',
    {
      maxSupportedVcpus: 128,
      maxVcpusPerFtVm: 4,
      supportedVmfsMajorVersion: Object.freeze([3, 5, 6]),
      interVMCommunicationThroughVMCISupported: false,
    },
  ],
  [
    '6.0',
    {
      maxSupportedVcpus: 128,
      maxVcpusPerFtVm: 4,
      maxNumDisksSVMotion: 64,
      supportedVmfsMajorVersion: Object.freeze([3, 5]),
    },
  ],
]

const known = new Map<string, HostCapability>()

/** The capability of an ESXi of this release on this hardware, the same object for equal hosts. */
export function capabilityOf(version: string, hardware: Hardware): HostCapability {
  const running = runningVms(hardware.memoryBytes)
  const supportedCpuFeature = cpuFeatures(hardware, 0)
  const { threads, packages, evcModeKey, hv, hwMmu } = hardware
  const key = [version, threads, packages, evcModeKey, running, hv, hwMmu].join(' ')
  let capability = known.get(key)
  if (!capability) {
    const changes = OLDER.find(([start]) => version.startsWith(start))?.[1] ?? {}
    capability = patch(asOf(NEWEST, releaseOf(version)), {
      ...changes,
      supportedCpuFeature,
      maxHostSupportedVcpus: Math.min(4096, 32 * hardware.threads),
      maxHostRunningVms: running,
      maxRegisteredVMs: 4 * running,
      nestedHVSupported: hardware.hv && hardware.hwMmu,
      virtualExecUsageSupported: hardware.hv,
    })
    if (capability.cpuHwMmuSupported !== undefined)
      capability = patch(capability, { cpuHwMmuSupported: hardware.hwMmu })
    known.set(key, capability)
  }
  return capability
}

/** A host's bound on running VMs grows with its memory up to 1,024; 78 on the recorded host of 16 GB (the slope is ours). */
function runningVms(memoryBytes: number): number {
  return Math.max(8, Math.min(1024, Math.floor(memoryBytes / 2 ** 20 / 210)))
}
