/** Per type the properties that no object of the shipped seeds has, and members of data objects in them; each with the reason. */
type Reasons = Readonly<Record<string, string>>

const each = (reason: string, paths: string): Reasons =>
  Object.fromEntries(paths.split(/\s+/).map((path) => [path, reason]))

const HOST: Reasons = {
  ...each(
    'newer than the API that an ESXi 8.0.3 announces (8.0.2.0)',
    `capability.nConnectSupported capability.ndcmSupported capability.stretchedSCSupported capability.uefiSecureBoot
     capability.userKeySupported capability.vmknicBindingOnNFSv41 capability.vpStatusCheckSupported config.cpuScheduler
     runtime.partialMaintenanceMode`,
  ),
  ...each(
    'only with a host profile attached',
    `answerFileValidationResult answerFileValidationState complianceCheckResult complianceCheckState precheckRemediationResult
     remediationResult remediationState`,
  ),
  ...each('ESX with a service console only', 'config.consoleReservation config.systemFile'),
  ...each(
    'only with a TPM or a trusted infrastructure',
    'runtime.tpmPcrValues summary.tpmAttestation summary.trustAuthorityAttestationInfos',
  ),
  ...each('only with shared graphics devices', 'config.sharedGpuCapabilities config.sharedPassthruGpuTypes'),
  ...each('only with devices handed to VMs', 'config.assignableHardwareBinding config.sriovDevicePool'),
  ...each('only in a cluster with EVC', 'summary.currentEVCGraphicsModeKey summary.currentEVCModeKey'),
  ...each(
    'thumbprints that another solution registered: none has',
    'config.sslThumbprintData config.sslThumbprintInfo',
  ),
  'capability.replayCompatibilityIssues': 'record and replay are gone since 6.0',
  'capability.vmDirectPathGen2UnsupportedReasonExtended': 'text of a third party: there is none',
  'config.activeDiagnosticPartition':
    'ESXi dumps to a file since 7.0; hosts of older releases have a partition',
  'config.certificate': 'no certificate is made for machines that nobody can dial (deviation 16)',
  'config.domainList': 'only of a host that joined a domain',
  'config.featureVersion': 'empty on the recorded 8.0.3 host (fact sheet A.3)',
  'config.ipmi': 'only where standby over a baseboard controller was configured',
  'config.localSwapDatastore': 'only where swap files are kept with the host',
  'configManager.bootDeviceSystem': 'hosts have none since 5.0',
  'configManager.licenseManager': 'vCenter keeps the licences of hosts that it manages',
  'hardware.dvxClasses': 'only with devices of that kind',
  'hardware.sevInfo': 'AMD processors only; the seeds have Intel ones',
  'runtime.cryptoKeyId': 'only of a host whose state is encrypted',
  'summary.customValue': 'only with custom attributes',
  'summary.gateway': 'only of a host that a cloud gateway manages',
}

const TOOLS = 'told by VMware Tools: no guest of the seeds has them in full'

const VM: Reasons = {
  ...each(
    'only with Fibre Channel identities of its own',
    `config.npivDesiredNodeWwns config.npivDesiredPortWwns config.npivNodeWorldWideName config.npivOnNonRdmDisks
     config.npivPortWorldWideName config.npivWorldWideNameType`,
  ),
  ...each(
    TOOLS,
    `guest.customizationInfo guest.disk guest.generationInfo guest.guestDetailedData guest.guestFullName guest.guestId
     guest.ipStack guest.screen guest.toolsInstallType`,
  ),
  ...each('only with CPU or memory bound to nodes', 'config.cpuAffinity config.memoryAffinity'),
  ...each('only with snapshots', 'layout.snapshot layoutEx.snapshot snapshot'),
  ...each('only in a vApp', 'config.vAppConfig parentVApp'),
  ...each('only with encryption', 'config.keyId runtime.cryptoState'),
  ...each('only with Metro FT', 'config.metroFtEnabled config.metroFtHostGroup'),
  ...each('only on object storage (vSAN, vVols)', 'config.swapStorageObjectId config.vmStorageObjectId'),
  ...each(
    'only while a running VM takes more memory',
    'config.hotPlugMemoryIncrementSize config.hotPlugMemoryLimit',
  ),
  ...each(
    'only in an EVC mode, of the cluster or its own',
    'runtime.featureMask runtime.minRequiredEVCModeKey',
  ),
  'config.contentLibItemInfo': 'only when it came from a content library',
  'config.cpuFeatureMask': 'only with masks of its own',
  'config.ftInfo': 'only with Fault Tolerance',
  'config.locationId': 'a sum that ESXi makes of the place of its files: not modelled',
  'config.managedBy': 'only when an extension manages it',
  'config.networkShaper': 'deprecated since 4.0',
  'config.repConfig': 'only when vSphere Replication copies it',
  'config.vcpuConfig': 'only with settings for single vCPUs',
  'config.vmxConfigChecksum': 'the sum of a .vmx file: not modelled',
  'resourceConfig.lastModified': 'only after its resources were changed',
  'resourceConfig.scaleDescendantsShares': 'of pools only',
  'runtime.cleanPowerOff': 'only after it was powered off',
  'runtime.needSecondaryReason': 'only with Fault Tolerance before 6.0',
  'runtime.offlineFeatureRequirement': 'of powered-off VMs with 64-bit guests',
  'runtime.opNotificationTimeout': 'only where an application asked to be told of operations',
  'runtime.question': 'only while a question is open',
  'runtime.suspendTime': 'only while it is suspended',
  'summary.customValue': 'only with custom attributes',
}

const POOL_ID = { 'summary.ipPoolId': 'only with an IP pool' }
const VERSIONS = (at: string) =>
  each(
    'only where somebody chose hardware versions',
    `${at}.defaultHardwareVersionKey ${at}.maximumHardwareVersionKey`,
  )

const CLUSTER: Reasons = {
  ...VERSIONS('configurationEx'),
  ...each(
    'empty lists are not sent: nothing was configured',
    [
      'configuration.dasVmConfig configuration.drsVmConfig configuration.rule configurationEx.dasVmConfig',
      'configurationEx.dpmHostConfig configurationEx.drsVmConfig configurationEx.group configurationEx.rule',
      'configurationEx.vmOrchestration configurationEx.vsanHostConfig',
    ].join(' '),
  ),
  'configurationEx.systemVMsConfig': 'only where system VMs were placed by hand',
  hciConfig: 'only of clusters that the quick start made',
  ...Object.assign(
    {},
    ...['summary', 'summaryEx'].map((at) => ({
      ...each('only with EVC', `${at}.currentEVCGraphicsModeKey ${at}.currentEVCModeKey`),
      ...each('drsScore says it since 7.0', `${at}.currentBalance ${at}.targetBalance`),
      ...each('only with cluster services in VMs', `${at}.vcsHealthStatus ${at}.vcsSlots`),
      [`${at}.clusterMaintenanceModeStatus`]: 'only with vSAN',
      [`${at}.dasData`]: 'what HA agents pass on among themselves',
    })),
  ),
}

const SWITCH: Reasons = {
  ...each('only with a description', 'config.description summary.description'),
  ...each(
    'only with a network adapter that takes work over',
    'config.networkOffloadConfig config.networkOffloadSpecId',
  ),
  ...each(
    'only with its feature configured',
    `config.ipfixConfig config.lacpGroupConfig config.pvlanConfig config.switchIpAddress config.vmVnicNetworkResourcePool
     config.vspanSession config.netResourcePoolTrafficResourceConfig runtime.resourceRuntimeInfo`,
  ),
  ...each(
    'only of switches of other makers',
    'config.extensionKey config.targetInfo config.vendorSpecificConfig',
  ),
}

export const UNSET: Readonly<Record<string, Reasons>> = {
  HostSystem: HOST,
  VirtualMachine: VM,
  Datastore: {
    'info.aliasOf': 'only of a second name of a volume',
    'info.containerId': 'only of vVols and vSAN',
    'iormConfiguration.reservableIopsThreshold': 'only once the array was measured',
  },
  Network: POOL_ID,
  DistributedVirtualPortgroup: {
    ...POOL_ID,
    ...each(
      'only of port groups that NSX made',
      'config.logicalSwitchUuid config.segmentId config.transportZoneName config.transportZoneUuid',
    ),
    'config.description': 'only with a description',
    'config.portNameFormat': 'only where somebody chose one',
    'config.scope': 'empty list: it is for everybody',
    'config.vendorSpecificConfig': 'only of switches of other makers',
  },
  VmwareDistributedVirtualSwitch: SWITCH,
  Datacenter: VERSIONS('configuration'),
  ClusterComputeResource: CLUSTER,
  ComputeResource: VERSIONS('configurationEx'),
  ResourcePool: {
    'config.scaleDescendantsShares': 'only where somebody chose it',
    namespace: 'only of vSphere with Tanzu',
  },
  Folder: { namespace: 'only of vSphere with Tanzu' },
}
