/**
 * Advanced options of an ESXi 8.0.3 (build 24022510) as its `esxcli system settings advanced list` and host settings name
 * them, with default and range (public listings of the release). One group per key; notation in notation.ts.
 */
export const SYSTEM_OPTIONS: Readonly<Record<string, string>> = {
  Annotations: 'WelcomeMessage=""',
  CBRC: 'DCacheMemReserved=400:100:32768 Enable=false',
  COW: 'COWMaxHeapSizeMB=192:192:256 COWMaxREPageCacheszMB=256:32:512 COWMinREPageCacheszMB=0:0:512 COWREPageCacheEviction=1?',
  'Config.Defaults':
    'host.TAAworkaround=true monitor.if_pschange_mc_workaround=false security.host.ruissl=true vGPU.consolidation=false',
  'Config.Etc': 'issue="" motd=""',
  'Config.GlobalSettings': 'guest.commands.sharedPolicyRefCount=0',
  'Config.HostAgent': `distributedTracing="">"none" level[Hbrsvc].logLevel="" level[Hostsvc].logLevel="" level[Proxysvc].logLevel=""
    level[Snmpsvc].logLevel="" level[Statssvc].logLevel="" level[Vcsvc].logLevel="" level[Vimsvc].logLevel=""
    level[Vmsvc].logLevel="">"verbose" log.level="">"info" plugins.hostsvc.esxAdminsGroup="ESX Admins"
    plugins.hostsvc.esxAdminsGroupAutoAdd=false plugins.solo.disableRemoteEsxcli=false plugins.solo.enableMob=false
    plugins.solo.webServer.enableWebscriptLauncher=true plugins.vimsvc.authValidateInterval=90
    plugins.vimsvc.disableHostProfileApi=false plugins.vimsvc.enableUtf8Filter=false plugins.vimsvc.httpNfcLeaseTimeout=300
    plugins.vimsvc.userSearch.maxResults=100 plugins.vimsvc.userSearch.maxTimeSeconds=20
    plugins.vmsvc.blockDiskRemoveIfSnapshot=false plugins.vmsvc.blockSnapshotRemoveIfDiskShared=false
    plugins.vmsvc.enforceMaxRegisteredVms=true plugins.vmsvc.filterExtraConfigHotEdit=false
    plugins.vmsvc.guestWatchdogTimeout=900:1:3600 plugins.vmsvc.productLockerWatchInterval=300
    plugins.vmsvc.vsanVmRefreshRetryInterval=1800:0:3600 ssl.keyStore.allowAny=false ssl.keyStore.allowSelfSigned=false
    ssl.keyStore.discardLeaf=true ssl.minPrivateKeyLength="">"RSA-2048" ticketing.thumbprintTypes="sha1"
    vmacore.soap.maxSessionCount=500 vmacore.soap.sessionTimeout=30`,
  Cpu: `AllowWideVsmp=0? BoundLagQuanta=8:1:100 CommRateThreshold=500:0:50000 CoschedCostartThreshold=2000:0:100000
    CoschedCostopThreshold=3000:0:100000 CoschedCrossCall=1? CoschedHandoffLLC=1? CoschedHandoffSkip=10:0:1000
    CoschedPollUsec=1000:1000:5000 CreditAgePeriod=3000:1000:10000 FairnessRebalancePcpus=4:0:32 HTRebalancePeriod=5:0:5000
    HTStolenAgeThreshold=8:0:500 HTWholeCoreThreshold=800:0:5000 HostRebalancePeriod=2000:0:5000 L2RebalancePeriod=10:0:5000
    L3RebalancePeriod=20:0:5000 LimitEnforcementThreshold=200:0:10000 MaxSampleRateLg=7:1:15 NonTimerWakeupRate=500:0:5000
    PackageRebalancePeriod=2000:0:5000 PcpuMigrateIdlePcpus=4:0:32 Quantum=200:1:1000 UseMwait=2:0:3 VMAdmitCheckPerVcpuMin=1?
    WakeupMigrateIdlePcpus=4:0:32`,
  DCUI: 'Access="root"',
  Digest: 'AlgoType=1:1:2 BlockSize=1:1:2 CollisionEnabled=0?',
  DirentryCache: 'MaxDentryPerObj=15000:60:30000',
  FT: `BindToVmknic=0? FTCptConcurrentSend=1? FTCptDelayCheckpoint=2:0:2 FTCptDiffCap=100:0:100 FTCptDiffThreads=6:1:16
    FTCptDisableFailover=0:0:6 FTCptDiskWriteTimeout=3000:10:60000 FTCptDontDelayPkts=0? FTCptDontSendPages=0?
    FTCptEpochList="5,10,20,100" FTCptEpochSample=1000:1:60000 FTCptEpochWait=8000:1:U FTCptIORetryExtraInterval=200:10:2000
    FTCptIORetryInterval=10:10:2000 FTCptIORetryTimes=15:5:50 FTCptLogTimeout=8000:500:30000 FTCptMaxPktsDelay=0:0:10000
    FTCptMinInterval=4:2:1000 FTCptNetDelayNoCpt=0:0:5000 FTCptNumConnections=2:1:4 FTCptNumaIndex=0? FTCptPagePolicy=65538:1:65538
    FTCptPoweroff=0:0:3 FTCptRcvBufSize=562140:131080:16777216 FTCptSndBufSize=562140:131080:16777216
    FTCptStartTimeout=90000:1000:90000 FTCptStatsInterval=30:0:600 FTCptThreadPolicy=65536:1:65537 FTCptVcpuMinUsage=40:0:100
    FTCptWaitOnSocket=1? Vmknic=""`,
  Irq: 'BestVcpuRouting=0? IRQActionAffinityWeight=5:0:10 IRQAvoidExclusive=1? IRQBHConflictWeight=5:0:10 IRQRebalancePeriod=50:10:20000 IRQVcpuConflictWeight=3:1:10',
  LPage: `LPageAlwaysTryForNPT=1? LPageDefragEnable=1? LPageMarkLowNodes=1? MaxSharedPages=510:0:512 MaxSwappedPagesInitVal=10:0:512
    freePagesThresholdForRemote=2048:0:U`,
  LoadESX: 'generateLiveDump=0?',
  Mem: `AllocGuestLargePage=1? CtlMaxPercent=65:0:99 IdleTax=75:0:99 IdleTaxType=1? MemCBTBitmapMaxAlloc=1024:256:2048
    MemDefragClientsPerDir=2:0:512 MemEagerZero=0? MemMaxResvThreshold=16384:0:U MemMinFreePct=0:0:50 MemZipEnable=1?
    MemZipMaxAllocPct=50:5:100 MemZipMaxPct=10:5:100 SampleActivePctMin=1:0:10 SampleDirtiedPctMin=0:0:10 ShareCOSBufSize=5:2:32
    ShareForceSalting=2:0:2 ShareRateMax=1024:0:32768 ShareScanGHz=4:0:32 ShareScanTime=60:10:600 TierNvmePct=25:1:400
    VMOverheadGrowthLimit=U:0:U`,
  Migrate: `BindToVmknic=3:0:3 CptCacheMaxSizeMB=544:8:1024 DebugChecksumMismatch=0? DetectZeroPages=1? Enabled=1?
    GetPageSysAlertThresholdMS=10000:1000:100000 LowBandwidthSysAlertThreshold=0:0:100000
    LowMemWaitSysAlertThresholdMS=10000:1000:100000 MigrateBitmapEncodingType=2:0:2 MigrateCpuMinPctDefault=30:0:400
    MigrateCpuPctPerGb=10:0:100 MigrateCpuSharesHighPriority=60000:1:100000 MigrateCpuSharesRegular=30000:1:100000
    MigrateStreamHelperBwUtilMax=15000:1:15000 MonActionWaitSysAlertThresholdMS=2000:1:100000 NetExpectedLineRateMBps=133:1:2000
    NetLatencyModeThreshold=4:1:1000 NetTimeout=20:1:3600 NfcNetTimeout=60:1:3600 OutstandingReadKBMax=128:0:2048
    PanicOnChecksumMismatch=0:0:2 PreCopyCountDelay=10:0:1000 PreCopyMinProgressPerc=130:1:1000 PreCopyPagesPerSend=32:1:1024
    PreCopySwitchoverTimeGoal=500:100:100000 PreallocLPages=1? ProhibitInstantClone=0? RcvBufSize=562540:65536:1000000
    SdpsDynamicDelaySec=30:0:10000 SdpsEnabled=2:0:2 SdpsTargetRate=500:1:10000 SndBufSize=562540:65536:1000000 TcpTsoDeferTx=0?
    TryToUseDefaultHeap=1? VASpaceReserveCount=64:2:64 VASpaceReserveSize=4096:64:4096 VMotionLatencySensitivity=1?
    VMotionMaxStreamHelpers=112:1:112 VMotionResolveSwapType=1? VMotionStreamHelpers=0:0:112 Vmknic=""`,
  Misc: `APDHandlingEnable=1? APDTimeout=140:20:999999 BHTimeout=0:0:5000 BlueScreenTimeout=0:0:65535 ConsolePort="none"
    DebugLogToSerial=0? DebugShellPort="none" DefaultHardwareVersion="" DegradedPathEvalTime=5:0:500
    DegradedPathReEvalInterval=60:60:600 DsNsMgrTimeout=1200000:10000:1800000 DumpAllKlmData=0? EnableNVMeCopyCmd=1?
    EnablePSPLatencyPolicy=1? GDBPort="none" GuestLibAllowHostInfo=0? HeapMgrGuardPages=1:1:512 HeapPanicDestroyNonEmpty=0?
    HeartbeatInterval=1000:100:86400000 HeartbeatPanicIpiCount=2:0:5 HeartbeatPanicTimeout=10:1:86400 HeartbeatTimeout=5:1:86400
    HordeEnabled=0? HostAgentUpdateLevel="">"3" HostName="localhost" HppDegradedPathThresholdPer=20:0:100 HppManageDegradedPaths=1?
    HwclockPeriodicSync=1? HyperClockAllowSystemTimeAux=0? IoFilterWatchdogTimeout=120:0:3600 LogDumpShutdownTimeout=180:0:1800
    LogPort="none" LogTimestampUptime=0? LogToSerial=1? LogWldPrefix=1? MCEMonitorInterval=1000:0:2147483647
    MaximumHardwareVersion="" MetadataUpdateTimeoutMsec=30000:0:600000 MinimalPanic=0? NMILint1IntAction=0:0:3
    NmpDegradedPathThresholdPer=20:0:100 NmpManageDegradedPaths=1? PSPDeactivateFlakyPath=0? PanicLogToSerial=0? PowerButton=1?
    PowerOffEnable=1? PreferredHostName="" RebootMethod="any" SIOControlFlag1=0:0:2147483647 SIOControlFlag2=0:0:2147483647
    SIOControlLoglevel=0:0:7 SIOControlOptions="" ScreenSaverDelay=0:0:60 SevAllowDebugging=0? ShaperStatsEnabled=1?
    ShellPort="none" TestNativeFCPaeCapable=0? TimerTolerance=2000:100:1000000 VmfsUnmapThrottle=0? forceBPB=0? forceMPTI=1?
    vmknvmeCwYield=1:1:U vmmDisableL1DFlush=0? vsanWitnessVirtualAppliance=0?`,
  Numa: `CoreCapRatioPct=90:0:100 CostopSkewAdjust=1:0:2 FollowCoresPerSocket=0? LTermFairnessInterval=5:0:1000
    LTermMigImbalThreshold=10:0:100 LargeInterleave=1? LatencyProbePeriod=500:10:100000 LocalityWeightActionAffinity=130:0:200
    LocalityWeightMem=1:0:100 MigImbalanceThreshold=10:1:200 MigPreventLTermThresh=0:0:100 MigThrashThreshold=50:0:100
    MigThreshold=2:0:100 MonMigEnable=1? PageMigEnable=1? PageMigLinearRun=95:0:10000 PageMigRandomRun=5:0:10000
    PageMigRateMax=8000:0:250000 PreferHT=0? RebalanceCoresNode=2:1:8 RebalanceCoresTotal=4:1:32 RebalanceEnable=1?
    RebalancePeriod=2000:100:60000 SwapConsiderPeriod=15:0:10000 SwapInterval=3:1:10000 SwapLoadEnable=1? SwapLocalityEnable=1?
    SwapMigrateOnly=2:0:100`,
  Power: `CStateMaxLatency=1000:0:1000000 CStatePredictionCoef=110479:0:2000000 CStateResidencyCoef=5:0:1000000 CpuPolicy="Balanced"
    MaxCpuLoad=60:0:100 MaxFreqPct=100:0:100 MinFreqPct=0:0:100 PerfBias=17:0:18 PerfBiasEnable=1? TimerHz=100:1:1000 UseCStates=1?
    UsePStates=1?`,
  Security: `AccountLockFailures=5 AccountUnlockTime=900 DefaultShellAccess=true PasswordHistory=5 PasswordMaxDays=99999
    PasswordQualityControl="retry=3 min=disabled,disabled,disabled,7,7" SshSessionLimit=50`,
  USB: 'arbitratorAutoStartDisabled=0? devsShared="0x04b3:0" quirks=""',
  UserVars: `ActiveDirectoryPreferredDomainControllers="" ActiveDirectoryVerifyCAMCertificate=1? AuditApiCallEnabled=0?
    DcuiTimeOut=600:0:86400 ESXiShellInteractiveTimeOut=0:0:86400 ESXiShellTimeOut=0:0:86400
    ESXiVPsAllowedCiphers="ECDHE+AESGCM:ECDHE+AES" ESXiVPsDisabledProtocols="sslv3,tlsv1,tlsv1.1"
    EsximageNetRateLimit=0:0:2147483647 EsximageNetRetries=10:0:1024 EsximageNetTimeout=60:0:1024 HardwareHealthIgnoredSensors=""
    HardwareHealthSyncTime=360:0:43200 HostClientCEIPOptIn=0:0:2 HostClientDefaultConsole="webmks" HostClientEnableMOTDNotification=1?
    HostClientEnableVisualEffects=1? HostClientSessionTimeout=900:0:7200 HostClientShowOnlyRecentObjects=1?
    HostClientWelcomeMessage="Welcome to {{hostname}}" HostdStatsstoreRamdiskSize=0:0:1024
    ProductLockerLocation="/locker/packages/vmtoolsRepo/" SuppressCoredumpWarning=0? SuppressHyperthreadWarning=0?
    SuppressSgxAddPackageWarning=0? SuppressSgxDisabledWarning=0? SuppressShellWarning=0? ToolsRamdisk=0?`,
  'Vpx.Vpxa': 'config.log.level="info"',
}
