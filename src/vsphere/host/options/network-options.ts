/** Advanced options of networking, as system-options.ts. */
export const NETWORK_OPTIONS: Readonly<Record<string, string>> = {
  Net: `AdvertisementDuration=60:0:255 AllowPT=1? BMCNetworkEnable=1? BlockGuestBPDU=1? CoalesceDefaultOn=1?
    CoalesceFavorNoVmmVmkTx=1:0:64 CoalesceFineTimeoutCPU=2:0:512 CoalesceFineTxTimeout=1000:1:U CoalesceFlexMrq=1?
    CoalesceLowRxRate=4:0:256 CoalesceLowTxRate=4:0:256 CoalesceMatchedQs=1? CoalesceMrqLt=1? CoalesceMrqMetricAllowTxOnly=1?
    CoalesceMrqMetricRxOnly=0? CoalesceMrqOverallStop=0? CoalesceMrqRatioMetric=1? CoalesceMrqTriggerReCalib=1?
    CoalesceMultiRxQCalib=1? CoalesceNoVmmVmkTx=1? CoalesceParams="" CoalesceRBCRate=4000:100:100000 CoalesceRxLtStopCalib=0?
    CoalesceRxQDepthCap=40:0:80 CoalesceScheme="rbc" CoalesceTimeoutType=2:1:2 CoalesceTxAlwaysPoll=1? CoalesceTxQDepthCap=40:0:80
    CoalesceTxTimeout=4000:1:U DCBEnable=1? DVFilterBindIpAddress="" DVFilterPriorityRdLockEnable=1? DVSLargeHeapMBPerGB=2:0:20
    DVSLargeHeapMaxSize=300:64:2048 DontOffloadInnerIPv6=0? E1000IntrCoalesce=1? E1000TxCopySize=2048:0:U E1000TxZeroCopy=1?
    EnableDMASgCons=1? EnableOuterCsum=1? EnsMbufpoolMaxMBPerGB=200:10:500 EnsMbufpoolMinMBPerGB=10:0:500 EtherswitchAllowFastPath=0?
    EtherswitchHashSize=1:0:4 EtherswitchHeapMax=512:86:2047 EtherswitchNumPerPCPUDispatchData=3:3:63 FollowHardwareMac=0?
    GuestIPHack=0? GuestTxCopyBreak=64:60:U IGMPQueries=2:0:2 IGMPQueryInterval=125:32:3600 IGMPRouterIP="0.0.0.0"
    IGMPV3MaxSrcIPNum=10:1:32 IGMPVersion=3:2:3 IOControlPnicOptOut="" LACPActorSystemPriority=1:1:65535 LACPEnableIndividualPort=0?
    LRODefBackoffPeriod=8:0:65535 LRODefMaxLength=65535:1:65535 LRODefThreshold=4000:0:65535 LRODefUseRatioDenom=3:0:255
    LRODefUseRatioNumer=1:0:255 LinkFlappingThreshold=60:0:65535 LinkStatePollTimeout=500:100:90000
    MLDRouterIP="FE80::FFFF:FFFF:FFFF:FFFF" MLDV2MaxSrcIPNum=10:1:32 MLDVersion=2:1:2 MaxBeaconVlans=100:0:4096
    MaxBeaconsAtOnce=100:0:4096 MaxGlobalRxQueueCount=100000:0:U MaxNetifTxQueueLen=2000:1:10000 MaxPageInQueueLen=75:0:500
    MaxPktRxListQueue=3500:0:200000 MaxPortRxQueueLen=80:1:500 MinEtherLen=60:60:1518 NcpLlcSap=0:0:255
    NetBHRxStormThreshold=320:0:200000 NetDebugRARPTimerInter=30000:0:16777215 NetDeferTxCompletion=1:0:2
    NetDeferTxCompletionNonPerQ=1:0:2 NetDiscUpdateIntrvl=300:1:U NetEnableSwCsumForLro=1? NetEsxfwPassOutboundGRE=1?
    NetInStressTest=0? NetLatencyAwareness=1? NetMaxRarpsPerInterval=128:1:U NetNetqNumaIOCpuPinThreshold=0:0:60
    NetNetqRxRebalRSSLoadThresholdPerc=10:0:100 NetNetqTxPackKpps=300:1:10000 NetNetqTxUnpackKpps=600:1:10000
    NetNiocAllowOverCommit=1? NetPTMgrWakeupInterval=6:5:15 NetPktAllocTries=5:1:10 NetPktSlabFreePercentThreshold=2:2:50
    NetPortFlushIterLimit=2:0:127 NetPortFlushPktLimit=64:0:255 NetPortTrackTxRace=0? NetRCFAllowBPF=1? NetRCFInsnType=0?
    NetRmDistMacFilter=1? NetRmDistSamplingRate=0:0:10000 NetRxCopyInTx=0? NetSchedCoalesceTxUsecs=33:1:125
    NetSchedDefaultResPoolSharesPct=5:1:99 NetSchedDefaultSchedName="fifo" NetSchedECNEnabled=1? NetSchedECNThreshold=70:0:100
    NetSchedHClkLeafQueueDepthPkt=640:1:10000 NetSchedHClkMQ=2:0:2 NetSchedHClkMaxHwQueue=2:1:128 NetSchedHClkVnicMQ=1?
    NetSchedHeapMaxSizeMB=64:1:96 NetSchedInFlightMaxBytesDefault=200000:1500:1500000
    NetSchedInFlightMaxBytesInsane=1500000:1500:1500000 NetSchedMaxPktSend=256:100:4096 NetSchedQoSSchedName="hclk"
    NetSchedSpareBasedShares=1? NetSendRARPOnPortEnablement=1? NetShaperQueuePerL3L4Flow=1? NetShaperQueueSizeMax=500:1:5000
    NetShaperQueueSizeMin=10:1:500 NetSplitRxMode=1? NetTraceEnable=0? NetTuneHostMode="default" NetTuneInterval=60:1:3600
    NetTuneThreshold="1n 2n 50" NetTxDontClusterSize=0:0:8192 NetTxStaticRelation=1? NetVMTxType=2:1:3 NetpollSwLRO=1?
    NoLocalCSum=0? NotifySwitch=1? PTSwitchingTimeout=20000:0:60000 PVRDMAVmknic="" PktAgingListQuantumSize=20:4:32
    PktagingDropPolicy=0? PortDisableTimeout=5000:0:2147483647 PortsetLockModel=1? ProvisioningVmknics="" ReversePathFwdCheck=1?
    ReversePathFwdCheckPromisc=0? SendIGMPReportToUplink=0? TcpipAutoScaleRcvBufSize=16777216:262144:16777216
    TcpipAutoScaleSndBufSize=16777216:262144:16777216 TcpipCopySmallTx=1? TcpipDefLROEnabled=1? TcpipDefLROMaxLength=32768:1:65535
    TcpipDgramRateLimiting=1? TcpipEnableABC=1? TcpipEnableFlowtable=1? TcpipEnableSendScaling=1? TcpipEnsMultipleRxContexts=0?
    TcpipEnsNetQRSS=1? TcpipHWLRONoDelayAck=1? TcpipHeapMax=1024:32:16384 TcpipHeapSize=8:0:128 TcpipIGMPDefaultVersion=3:1:3
    TcpipIGMPRejoinInterval=60:10:3600 TcpipLODispatchQueueMaxLen=128:50:512 TcpipLRONoDelayAck=1? TcpipLogPackets=0?
    TcpipLogPacketsCount=24570:1024:49140 TcpipMaxNetstackInstances=48:48:513 TcpipNoBcopyRx=1?
    TcpipPendPktSocketFreeTimeout=300:1:300 TcpipRxDispatchQueueMaxLen=2000:1:20000 TcpipRxDispatchQueues=2:1:8
    TcpipRxDispatchQuota=200:1:1000 TcpipTxDispatchQuota=100:1:1000 TcpipTxqBackoffTimeoutMs=70:20:1000
    TcpipTxqMaxUsageThreshold=80:50:100 TeamPolicyUpDelay=100:0:1800000 TeamingNUMAAware=1? TrafficFilterIpAddress=""
    TsoDumpPkt=0:0:2147483647 UplinkAbortDisconnectTimeout=5000:1:6000000 UplinkKillAsyncTimeout=10000:1:6000000 UplinkTSOSplit=1?
    UplinkTxQueuesDispEnabled=1? UseHwCsumForIPv6Csum=1? UseHwIPv6Csum=1? UseHwTSO=1? UseHwTSO6=1? UseLegacyProc=0? UseProc=0?
    VLANMTUCheckMode=1? VmklnxLROEnabled=0? VmklnxLROMaxAggr=6:0:24 VmknicDoLroSplit=0? VmknicLroSplitBnd=12:2:255
    Vmxnet2HwLRO=1? Vmxnet2PinRxBuf=0? Vmxnet2SwLRO=1? Vmxnet3AllowTruncation=0? Vmxnet3CopyTrailer=1? Vmxnet3ESPRSSAllowed=1?
    Vmxnet3EnsRxMultipleContexts=0? Vmxnet3HwLRO=1? Vmxnet3MaxPendingRxBurst=128:64:4096
    Vmxnet3MaxRxBurstQueueLength=16384:0:65536 Vmxnet3NonTsoPacketGtMtuAllowed=0? Vmxnet3PageInBound=32:1:1024
    Vmxnet3RSSHashCache=1? Vmxnet3RxBurstQueueEnableThreshold=64:0:4096 Vmxnet3RxBurstQueueLimit=512:0:16384
    Vmxnet3RxPollBound=256:0:4096 Vmxnet3RxQueueBound=256:0:8192 Vmxnet3SetRSSHash=1? Vmxnet3SwLRO=1? Vmxnet3UDPRSSAllowed=1?
    Vmxnet3WinIntrHints=1? Vmxnet3usePNICHash=0? VmxnetBiDirNeedsTsoTx=1? VmxnetBiDirNoTsoSplit=1? VmxnetCopyTxRunLimit=16:0:U
    VmxnetDoLroSplit=1? VmxnetDoTsoSplit=1:0:3 VmxnetLROBackoffPeriod=8:0:65535 VmxnetLROMaxLength=32000:1:65535
    VmxnetLROThreshold=4000:0:65535 VmxnetLROUseRatioDenom=3:0:255 VmxnetLROUseRatioNumer=2:0:255 VmxnetLroSplitBnd=64:2:255
    VmxnetPromDisableLro=1? VmxnetSwLROSL=1? VmxnetTsoSplitBnd=12:2:255 VmxnetTsoSplitSize=17500:1500:65535 VmxnetTxCopySize=256:0:U
    VmxnetWinCopyTxRunLimit=65535:0:U VmxnetWinUDPTxFullCopy=1:0:2 vNicNumDeferredReset=12:0:4096 vNicTxPollBound=192:0:4096
    vmxnetThroughputWeight=0:0:255`,
}
