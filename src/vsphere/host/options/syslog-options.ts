/** Options of the syslog daemon, as system-options.ts; each logger has a number and a size of files (`name` or `name:number:KiB`). */
const LOGGERS = `LogEFI Xorg apiForwarder attestd auth catalog:16:10240 clomd-whatif clomd clusterAgent cmmdsTimeMachine
  cmmdsTimeMachineDump:20:10240 cmmdsd:10:5120 crx-cli dhclient dpd:16:10240 entropyd envoy-access:10:10240 envoy epd esxcli esxgdpd
  esxioCommd:10:10240 esxtokend:12:10240 esxupdate etcd fdm:10:5120 gstored hbrsrv:16:10240 healthd healthdPlugins hostd-probe
  hostd:10:10240 hostdCgiServer hostprofiletrace infravisor:10:10240 iofiltervpd ioinsight keypersist kmxa kmxd lacp lifecycle loadESX
  localcli:4:1024 metald nfcd osfsd rhttpproxy sandboxd sdrsInjector sensord settingsd shell sockrelay:16:10240 spherelet:10:10240
  storageRM swapobjd syslog trx:10:10240 usb vdfs-proxy:16:10240 vdfs-server:16:10240 vds-vsipioctl vdtc vitd:8:10240 vltd:10:10240
  vmauthd vmkdevmgr vmkernel:8:10240 vmkeventd vmksummary vmkwarning vobd vprobe vpxa:10:5120 vsanEsxcli:3:5120
  vsananalyticsevents:10:5120 vsandevicemonitord vsanesxcmd:5:10240 vsanfs.configdump:16:10240 vsanfs.mgmt:32:10240
  vsanfs.vdfsop:8:10240 vsanmgmt:8:10240 vsansystem:10:10240 vsantraceUrgent vsantraced vvold:16:8192 watchdog`

const loggers = LOGGERS.split(/\s+/).flatMap((logger) => {
  const [name, number = '8', size = '1024'] = logger.split(':')
  return [`${name}.rotate=0>${number}`, `${name}.size=0>${size}`]
})

export const SYSLOG_OPTIONS: Readonly<Record<string, string>> = {
  'Syslog.global': `auditRecord.remoteEnable=false auditRecord.storageCapacity=4 auditRecord.storageDirectory="[] /scratch/auditLog"
    auditRecord.storageEnable=false certificate.checkCRL=false certificate.checkSSLCerts=true certificate.strictX509Compliance=false
    defaultRotate=8 defaultSize=1024 droppedMsgs.fileRotate=10 droppedMsgs.fileSize=100 logCheckSSLCerts=true
    logDir="[] /scratch/log" logDirUnique=false logFilters="" logFiltersEnable=false logHost="" logLevel="error"
    msgQueueDropMark=90 remoteHost.connectRetryDelay=180 remoteHost.maxMsgLen=1024 vsanBacking=false`,
  'Syslog.loggers': loggers.join(' '),
}
