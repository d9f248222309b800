/** Advanced options of storage, as system-options.ts. Where a host has no persistent scratch space it logs to memory. */
export const STORAGE_OPTIONS: Readonly<Record<string, string>> = {
  DataMover: 'HardwareAcceleratedInit=1? HardwareAcceleratedMove=1? MaxHeapSize=64:16:256',
  Disk: `AllowUsbClaimedAsSSD=0? ApdTokenRetryCount=25:10:99999 AutoremoveOnPDL=1? BandwidthCap=4294967294:10:4294967294
    DelayOnBusy=400:0:5000 DeviceEnableIOLatencyMsgs=0? DeviceReclaimTime=300:0:31536000 Disable4knSSD=1? DiskDelayPDLHelper=10:0:300
    DiskMaxIOSize=32767:32:32767 DiskReservationThreshold=45:0:3000 DiskRetryPeriod=2000:500:50000 DumpMaxRetries=10:0:1000
    DumpPollDelay=1000:1:100000 DumpPollMaxRetries=10000:1:100000 EnableNaviReg=1? FailDiskRegistration=1?
    FastPathRestoreInterval=100:10:1000 IdleCredit=32:1:512 MaxLUN=1024:1:U MaxNumIOIntervals=1024:64:65535
    MaxResetLatency=2000:500:600000 NmpMaxCmdExtension=0:0:1000000000 PVSCSIEnablePreemption=1? PathEvalTime=300:0:31536000
    PreventVMFSOverwrite=1? QFullSampleSize=0:0:64 QFullThreshold=8:1:16 ReqCallThreshold=8:1:129 ResetLatency=1000:100:600000
    ResetMaxRetries=0:0:10000 ResetOverdueLogPeriod=60:10:86400 ResetPeriod=30:1:3600 ResetThreadExpires=1800:0:86400
    ResetThreadMax=16:1:16 ResetThreadMin=1:1:16 RetryUnitAttention=1? ReturnCCForNoSpace=0? SchedCostUnit=32768:4096:262144
    SchedQCleanupInterval=300:0:31536000 SchedQControlSeqReqs=128:0:2048 SchedQControlVMSwitches=6:0:2048
    SchedQPriorityPercentage=80:10:100 SchedQuantum=8:1:64 SchedReservationBurst=1? SchedulerWithReservation=1?
    SectorMaxDiff=2000:0:2000000 SharesHigh=2000:100:10000 SharesLow=500:100:10000 SharesNormal=1000:100:10000 SkipResetNoCIF=1?
    SllThrottleTime=800:25:3000 SupportSparseLUN=1? ThroughputCap=4294967294:10:4294967294 UseDeviceReset=1? UseIoPool=0:0:7
    UseLunReset=1? UseReportLUN=1? VSCSICoalesceCount=1000:0:100000 VSCSIDisableNvmeRetry=1? VSCSIHaltPollInterval=5:1:1000
    VSCSIMaxTransLen=0:0:16384 VSCSIOptimalTransLen=0:0:16384 VSCSIPollPeriod=1000:1:99999999 VSCSIResvCmdRetryInSecs=1:1:60
    VSCSIWriteSameBurstSize=4:1:4`,
  FSS: 'FSSLightWeightProbe=1?',
  HBR: `ChecksumIoSize=8:1:1024 ChecksumMaxIo=8:1:256 ChecksumPerSlice=2:1:64 ChecksumRegionSize=256:1:4096 ChecksumUseAllocInfo=1?
    ChecksumUseChecksumInfo=1? ChecksumZoneSize=32768:32:1048576 CopySnapDiskMaxExtentCount=16:1:128 CopySnapFidHashBuckets=256:1:1024
    DemandlogCompletedHashBuckets=16384:1:65536 DemandlogExtentHashBuckets=16384:1:65536 DemandlogIoTimeoutSecs=120:0:1000
    DemandlogReadRetries=20:0:1000 DemandlogRetryDelayMs=10:0:100000 DemandlogTransferIoSize=8:1:16
    DemandlogTransferMaxCompletion=0:0:512 DemandlogTransferMaxIo=32:1:128 DemandlogTransferMaxNetwork=256:1:4096
    DemandlogTransferPerSlice=16:1:128 DemandlogWriteRetries=20:0:1000 DisconnectedEventDelayMs=60000:100:600000
    ErrThrottleChecksumIO=1? ErrThrottleDceRead=1? HbrBitmapAllocTimeoutMS=3000:0:10000 HbrBitmapVMMaxStorageGB=65536:100:131072
    HbrDemandLogIOPerVM=64:1:128 HbrLowerExtentBreakGB=8192:1:65536 HbrLowerExtentSizeKB=16:1:128 HbrMaxExtentSizeKB=64:1:128
    HbrMaxGuestXferWhileDeltaMB=1024:256:3072 HbrMaxUnmapExtents=10:0:100000 HbrMaxUnmapsInFlight=128:0:1048576
    HbrMaxUpdateSizeKB=128:64:128 HbrMinExtentBreakGB=2048:1:65536 HbrMinExtentSizeKB=8:1:128 HbrOptimizeFullSync=1?
    HbrResourceHeapPerVMSizeKB=128:0:4096 HbrResourceHeapSizeMB=3:2:256 HbrResourceHeapUtilization=95:1:200
    HbrResourceMaxCompletionContexts=8192:16:16384 HbrResourceMaxDiskContexts=64:16:8192 HbrRuntimeHeapMaxBaseMB=1:1:128
    HbrRuntimeHeapMinBaseMB=1:1:128 HbrStaticHeapMaxBaseMB=726:1:3072 HbrStaticHeapMinBaseMB=1:1:128
    HbrThrottleGenericErrResetTime=16384:0:65536 HbrUpperExtentBreakGB=32768:1:65536 HbrUpperExtentSizeKB=32:1:128
    HelperQueueMaxRequests=8192:128:16384 HelperQueueMaxWorlds=8:1:16 LocalReadIoTimeoutSecs=120:0:1000 MigrateFlushTimerSecs=3:1:600
    NetworkUseCubic=1? NetworkerRecvHashBuckets=64:1:65536 OpportunisticBlockListSize=4000:500:10000
    ProgressReportIntervalMs=5000:1000:600000 PsfIoTimeoutSecs=300:0:1000 ReconnectFailureDelaySecs=10:10:300
    ReconnectMaxDelaySecs=90:30:300 ResourceServerHashBuckets=8:1:65536 RetryMaxDelaySecs=5:1:120 RetryMinDelaySecs=1:1:60
    SyncTransferRetrySleepSecs=5:1:600 TransferDiskMaxCompletion=0:0:512 TransferDiskMaxIo=32:1:128 TransferDiskMaxNetwork=2048:1:4096
    TransferDiskPerSlice=16:1:128 TransferFileExtentSize=8192:512:1048576 TransferMaxContExtents=16:1:128 UnmapOptimization=0?
    WireChecksum=1? XferBitmapCheckIntervalSecs=1:1:600`,
  Hpp: 'HppPReservationCmdRetryTime=1:1:300',
  ISCSI:
    'CloseIscsiConnOnTaskMgmtFailure=1? MaxIoSizeKB=128:128:512 SocketRcvBufLenKB=256:256:6144 SocketSndBufLenKB=600:600:6144',
  LSOM: `blkAttrCacheSizePercent=0:0:100 enableLargeWb=0? lsomDeviceNeedsRepairCount=3:0:64 lsomEnableFullRebuildAvoidance=1?
    lsomEnableRebuildOnLSE=1:0:2 lsomPlogEnableDeadmanTimer=2:0:2 lsomRebuildOnEvacFailure=0?`,
  NFS: `ApdStartCount=3:1:5 DiskFileLockUpdateFreq=10:8:3600 HeartbeatDelta=5:3:30 HeartbeatFrequency=12:5:86400
    HeartbeatMaxFailures=10:6:10 HeartbeatTimeout=5:3:30 LockBreakTimeout=10:0:3600 LockRenewMaxFailureNumber=3:1:100
    LockSWMRTimeout=10:0:3600 LockSharedTimeout=0:0:3600 LockUpdateTimeout=5:1:8 LogNfsStat3=0? MaxQueueDepth=U:1:U MaxVolumes=32:8:256
    MountTimeout=30:3:60 NFSMaxOutstandingIOs=65536:32:131072 ReceiveBufferSize=1024:64:5120 SendBufferSize=1024:32:5120
    SyncRetries=25:3:360 VolumeRemountFrequency=30:30:3600`,
  NFS41: `EOSDelay=30:0:90 IOTaskRetry=25:1:100 MaxQueueDepth=U:1:U MaxRead=U:256:U MaxVolumes=32:8:256 MaxWrite=U:256:U
    MountTimeout=30:1:60 RecvBufSize=1024:0:2048 SendBufSize=1024:0:2048`,
  Nmp: 'NmpPReservationCmdRetryTime=1:1:300 NmpSatpAluaCmdRetryTime=20:0:50 NmpSatpAluaTransRetryTime=10:0:30',
  OSData: 'configuredLocation=""',
  RdmFilter: 'HbaIsShared=false>true',
  ScratchConfig: 'ConfiguredScratchLocation="" CurrentScratchLocation="">"/tmp/scratch"',
  Scsi: `ChangeQErrSetting=1? CompareLUNNumber=1? EnableCmdSanityCheck=0? ExtendAPDCondition=0? FailVMIOonAPD=0? LogCmdErrors=1?
    LogCmdRCErrorsFreq=0:0:U LogMPCmdErrors=1? LogScsiAborts=0? LunCleanupInterval=7:1:100 MaxReserveBacktrace=0?
    MaxReserveTime=200:50:500 MaxReserveTotalTime=250:50:500 NvmeAdjustLocalNSQDepth=1? NvmeLogVerbose=0:0:15
    NvmeMaxUnmapBlockDescriptorCount=0:0:256 NvmeMaxUnmapLbaCount=0:0:U PassthroughLocking=1? PcpusPerCompletionWorld=4:1:64
    ReserveBacktrace=0? SCSIBlockUnsupportedOpcodesAndPages=1? SCSIEnableDescToFixedConv=1? SCSIEnableDeviceLatencyHistogram=1?
    SCSIStrictSPCVersionChecksForPEs=0? SCSITimeout_ReabortTime=5000:1:99999999 SCSITimeout_ScanTime=1000:1:99999999
    SCSIioTraceBufSizeMB=1:1:2 ScanOnDriverLoad=1? ScanSync=0? ScsiAllowDeviceSpinup=1? ScsiPathSplitUseSimpleCloneBuffer=1?
    ScsiRestartStalledQueueLatency=500:1:60000 ScsiTMHardTimeout=120000:0:600000 ScsiUseVPDXCopyInfo=1? ScsiVVolPESNRO=256:32:4096
    TimeoutTMThreadExpires=1800:1:86400 TimeoutTMThreadLatency=2000:1:600000 TimeoutTMThreadMax=16:1:16 TimeoutTMThreadMin=1:1:16
    TimeoutTMThreadRetry=2000:1000:10000 TransFailLogPct=20:0:100 UseAdaptiveRetries=1?`,
  SunRPC: 'MaxConnPerIP=32:1:256 SendLowat=25:1:100 SetNoDelayedAck=0? WorldAffinity=2:0:2',
  SvMotion: 'SvMotionAvgDisksPerVM=8:4:1024',
  VFLASH: `CacheStatsEnable=1? CacheStatsFromVFC=1? MaxCacheFileSizeMB=409600:4:409600 MaxDiskFileSizeGB=16384:0:16384
    MaxHeapSizeMB=32:16:128 MaxResourceGBForVmCache=2048 ResourceUsageThreshold=80`,
  VMFS: 'UnresolvedVolumeLiveCheck=false',
  VMFS3: `EnableBlockDelete=0? FailVolumeOpenIfAPD=0? GBLAllowMW=1? HardwareAcceleratedLocking=1? LFBCSlabSizeMaxMB=8:1:128
    MaxAddressableSpaceTB=32:32:128 MaxHeapSizeMB=768:16:768 MaxextendedTxnsUsingfs3Heap=20:20:40 MinAddressableSpaceTB=0:0:10
    OpenWithoutJournal=1? PBCapMissRatioIntervalSec=60:1:1800 StAtExclLockEnd=0? UseATSForHBOnVMFS5=1?`,
  VSAN: `AutoRestoreDecomState=1? AutoTerminateGhostVm=1? ClomForceProvisionPlacements=0? ClomMaxComponentSizeGB=255:10:255
    ClomMaxDiskUsageRepairComps=95:0:100 ClomRebalanceThreshold=80:0:100 DedupScope=0:0:3
    DefaultHostDecommissionMode="ensureAccessibility" DomBriefIoTraces=0? DomFullIoTraces=0? DomLongOpTraceMS=1000:0:600000
    DomLongOpUrgentTraceMS=10000:0:600000 MaxComponentsPerWitness=0:0:320000 MaxWitnessClusters=0:0:64 ObjectScrubsPerYear=0:0:525600
    ObjectScrubsPerYearBase=36:1:525600 PerTraceBandwidthLimit=0:0:1000000 PerTraceBandwidthLimitPeriodMs=10000:0:10000000
    PerTraceMaxRolloverPeriods=360:0:1000000 RDTChecksumMode=1:0:3 TraceEnableCmmds=1? TraceEnableDom=1? TraceEnableDomIo=0?
    TraceEnableLsom=1? TraceEnableLsomIo=0? TraceEnablePlog=1? TraceEnableRdt=1? TraceEnableSsdLog=1? TraceEnableVirsto=1?
    TraceEnableVirstoIo=0? TraceEnableVsanSparse=1? TraceEnableVsanSparseIO=0? TraceEnableVsanSparseVerbose=0?
    TraceGlobalBandwidthLimit=0:0:1000000 TraceGlobalBandwidthLimitPeriodMs=10000:0:10000000
    TraceGlobalMaxRolloverPeriods=360:0:1000000 TracesPerErrorBandwidthLimit=1000:0:1000000
    TracesPerErrorBandwidthLimitPeriodMs=10000:0:10000000 TracesPerErrorMaxRolloverPeriods=60:0:1000000
    TrimDisksBeforeUseGranularity=0:0:2 VsanSparseCacheOverEvict=5:0:100 VsanSparseCacheThreshold=1024:0:U VsanSparseEnabled=1?
    VsanSparseHeapSize=65536:256:131072 VsanSparseMaxExtentsPrefetch=64:0:128 VsanSparseParallelLookup=1?
    VsanSparseRetainCacheOnSnapshots=1? VsanSparseRetainCacheTTL=20:0:3600 VsanSparseSpeculativePrefetch=4194304:0:U
    WriteZeroOnTrimUnsupported=0?`,
  'VSAN-iSCSI': 'iscsiPingTimeout=5:0:60',
  VVOL: `allowLegacyCiphers=0? vvolConcurrentBatchUnbind=2:1:20 vvolMaxRBZRetries=100:20:600 vvolSpaceStatsCacheSize=512:0:1024
    vvolSwapFilePersist=1? vvolUnbindBatchSize=16:2:256`,
  Virsto: `DiskFormatVersion=20:2:20 Enabled=1:1:1 FlusherRegistryThreshold=95:50:100 GweFetchExtentsFactor=3:1:10
    InstanceHeapLimit=130:128:4095 MapBlocksFlushThreshold=90:50:100 MapBlocksMin=16384:16:U MaxMFRetryCount=3:0:U
    MsecBeforeMetaFlush=10000:0:86400000 RecordsPerFormatWrite=16:1:128 SharedHeapLimit=4:2:4095`,
  XvMotion: 'VMFSOptimizations=1?',
}
