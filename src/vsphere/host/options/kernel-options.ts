/** Options of the kernel's boot, as system-options.ts, but for poisonMarker, which no number holds: they take effect at the next boot. */
export const KERNEL_OPTIONS: Readonly<Record<string, string>> = {
  'VMkernel.Boot': `allowCoreDumpOnUsb=false atsSupport=true autoCreateDumpFile=true autoPartition=false
    autoPartitionCreateUSBCoreDumpPartition=false autoPartitionDiskDumpPartitionSize=2560:0:U bootDeviceRescanTimeout=1
    busSpeedMayVary=false cacheFlushImmOnAllHalt=false checkCPUIDLimit=true checkPages=false com1_baud=0:0:U com2_baud=0:0:U
    debugBreak=false debugLogToSerial=2:0:U deviceBindParallel=true disableACSCheck=false disableCFOH=false disableHwrng=false
    diskDumpSlotSize=0:0:U dmaEngineExposeIdentityMapping=true dmaMapperPolicy="disabled" dumpSize=0:0:U enableACSCheckForRP=false
    ensMbufPoolMaxMBPerGB=200:0:U ensMbufPoolMaxMinMB=5000:0:U ensMbufPoolMinMBPerGB=10:0:U entropySources=0:0:U
    execInstalledOnly=false fakePMemPct=0 forceHyperthreadingMitigation=false fsCheck=false gdbPort="default"
    heapCheckTimerInterval=10:0:U heapFreePoisonByte=255 heapMetaPoisonByte=90 heapMetadataProtect=false heapPoisonFreeMem=false
    heapPoisonTimerChecks=false hyperthreading=true hyperthreadingMitigation=false hyperthreadingMitigationIntraVM=true
    ignoreMsrFaults=false inputPassthru=false intrBalancingEnabled=true ioAbilityChecks=false iovDisableIR=false
    iovEnablePostedIntr=true ipmiEnabled=true isPerFileSchedModelActive=true kbddev=false leaveWakeGPEsDisabled=true logEFILevel=1
    logPort="default" maxLogEntries=0:0:U maxPCPUS=1024:0:U maxPCPUsNUMAInterleaving=true maxVMs=0:0:U memCheckEveryWord=false
    memLowReservedMB=0:0:U memmapMaxEarlyPoisonMemMB=65536:0:U memmapMaxPhysicalMemMB=0 memmapMaxRAMMB=33585088:0:U
    memoryTiering=false microcodeUpdate=true microcodeUpdateForce=false netCoalesceTimerHdlrPcpu=0:0:U netGPHeapMaxMBPerGB=4:0:U
    netMaxPktsToProcess=64:0:U netMaxPktsToRelease=128:0:U netNetqueueEnabled=true netNetqueueEnblSwlroWithPnicHwlro=true
    netNetqueueMaxFiltersPerUplink=4096:0:U netNetqueueMaxLearnedFilters=9216:0:U netNetqueueMaxStaticFilters=10240:0:U
    netNetqueuePortFeatInheritance=true netPagePoolLimitCap=1048576:0:U netPagePoolLimitPerGB=5120:0:U netPagePoolResvCap=0:0:U
    netPagePoolResvPerGB=0:0:U netPktHeapMaxMBPerGB=6:0:U netPktHeapMinMBPerGB=0:0:U netPktJumboSlabMinSize=0:0:U
    netPktPoolMaxMBPerGB=75:0:U netPktPoolMinMBPerGB=0:0:U netPreemptionEnabled=true nmiAction=0:0:U numSpareCoresPerLLC=0:0:U
    numaLatencyRemoteThresholdPct=10:0:U overrideDuplicateImageDetection=false pciBarAllocPolicy=2:0:U
    pcipDisablePciErrReporting=true poisonPagePool=false preventFreePageMapping=false
    rdmaRoceIPBasedGidGeneration=true rdmaUseTeamingPolicy=true rtcEnableEFI=true rtcEnableLegacy=true rtcEnableLegacyForce=false
    rtcEnableTAD=true scrubIgnoredPages=false scrubMemoryAfterModuleLoad=false serialUntrusted=true skipPartitioningSsds=false
    storAdptrMultCplWrldsPerNuma=true storageEnablePrpAtPsa=true storageHeapMaxSize=0:0:U storageHeapMinSize=0:0:U
    storageMaxDevices=1024:0:U storageMaxPaths=4096:0:U storageMaxVMsPerDevice=32:0:U terminateVMOnPDL=false tscSpeedMayVary=false
    tty1Port="default" tty2Port="default" updateBusIRQ=false useNUMAInfo=true useReliableMem=true useSLIT=true vga=true
    visorfsSwap=false vmkATKeyboard=false vmkacEnable=1 vmmrEnable=true vtdSuperPages=true x2ApicPreferred=true`,
}
