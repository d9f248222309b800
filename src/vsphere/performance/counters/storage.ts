/** Counters in the notation of counters.ts: `name | unit kind | label | rollup=key:level[/per device][:entities] ...`. */

/** Disk. */
export const disk = `
  usage | KBps rate | Usage | none=124:4 average=125:1/3:VH minimum=126:4 maximum=127:4
  numberRead | num delta | Read requests | summation=128:3:H*
  numberWrite | num delta | Write requests | summation=129:3:H*
  read | KBps rate | Read rate | average=130:2/3:VH+
  write | KBps rate | Write rate | average=131:2/3:VH+
  totalLatency | ms absolute | Command latency | average=132:3:H*
  maxTotalLatency | ms absolute | Highest latency | latest=133:1/3:VH
  commandsAborted | num delta | Commands aborted | summation=134:2/3:H*
  busResets | num delta | Bus resets | summation=135:2/3:H*
  numberReadAveraged | num rate | Average read requests per second | average=136:1/3:H*
  numberWriteAveraged | num rate | Average write requests per second | average=137:1/3:H*
  throughput.usage | KBps rate | Disk Throughput Usage | average=138:4:CP
  throughput.contention | ms absolute | Disk Throughput Contention | average=139:4:CP
  scsiReservationConflicts | num delta | Disk SCSI Reservation Conflicts | summation=140:2
  scsiReservationCnflctsPct | % absolute | Disk SCSI Reservation Conflicts % | average=141:4
  used | KB absolute | Space actually used | latest=281:1:S+
  provisioned | KB absolute | Space potentially used | latest=282:1:S+
  capacity | KB absolute | Capacity | latest=283:1/3:S
  unshared | KB absolute | Space not shared | latest=284:1:S+
  deltaused | KB absolute | Overhead due to delta disk backings | latest=285:2/3
  capacity.provisioned | KB absolute | provisioned | average=286:4:S
  capacity.usage | KB absolute | usage | average=287:4:S+
  capacity.contention | % absolute | contention | average=288:4:S
  commands | num delta | Commands issued | summation=446:2/3:H*
  deviceReadLatency | ms absolute | Physical device read latency | average=447:2/3:H*
  kernelReadLatency | ms absolute | Kernel read latency | average=448:2/3:H*
  totalReadLatency | ms absolute | Read latency | average=449:2/3:H*
  queueReadLatency | ms absolute | Queue read latency | average=450:2/3:H*
  deviceWriteLatency | ms absolute | Physical device write latency | average=451:2/3:H*
  kernelWriteLatency | ms absolute | Kernel write latency | average=452:2/3:H*
  totalWriteLatency | ms absolute | Write latency | average=453:2/3:H*
  queueWriteLatency | ms absolute | Queue write latency | average=454:2/3:H*
  deviceLatency | ms absolute | Physical device command latency | average=455:1/3:H*
  kernelLatency | ms absolute | Kernel command latency | average=456:2/3:H*
  queueLatency | ms absolute | Queue command latency | average=457:2/3:H*
  maxQueueDepth | num absolute | Maximum queue depth | average=458:1/3:H*
  commandsAveraged | num rate | Average commands issued per second | average=459:2/3:H*
`

/** Virtual disk. */
export const virtualDisk = `
  numberReadAveraged | num rate | Average read requests per second | average=171:1/3:V*
  numberWriteAveraged | num rate | Average write requests per second | average=172:1/3:V*
  read | KBps rate | Read rate | average=173:2:V+
  write | KBps rate | Write rate | average=174:2:V+
  totalReadLatency | ms absolute | Read latency | average=175:1/3:V*
  totalWriteLatency | ms absolute | Write latency | average=176:1/3:V*
  throughput.cont | ms absolute | Virtual Disk Throughput Contention | average=177:4
  throughput.usage | KBps rate | Virtual Disk Throughput Usage | average=194:4
  commandsAborted | num delta | Virtual Disk Number of Terminations | summation=195:2/4:V*
  busResets | num delta | Virtual Disk Number of Resets | summation=196:2/4:V*
  readOIO | num absolute | Average number of outstanding read requests | latest=344:2:V*
  writeOIO | num absolute | Average number of outstanding write requests | latest=345:2:V*
  readLoadMetric | num absolute | Read workload metric | latest=346:2:V*
  writeLoadMetric | num absolute | Write workload metric | latest=347:2:V*
  readIOSize | num absolute | Read request size | latest=527:4:V*
  writeIOSize | num absolute | Write request size | latest=528:4:V*
  smallSeeks | num absolute | Number of small seeks | latest=529:4:V*
  mediumSeeks | num absolute | Number of medium seeks | latest=530:4:V*
  largeSeeks | num absolute | Number of large seeks | latest=531:4:V*
  readLatencyUS | us absolute | Read Latency (us) | latest=532:4:V*
  writeLatencyUS | us absolute | Write Latency (us) | latest=533:4:V*
  vFlashCacheIops | num absolute | Virtual Flash Read Cache I/Os per second for the virtual disk | latest=534:4:V*
  vFlashCacheLatency | us absolute | Virtual Flash Read Cache latency for the virtual disk | latest=535:4:V*
  vFlashCacheThroughput | num absolute | Virtual Flash Read Cache throughput for virtual disk | latest=536:4:V*
`

/** Datastore. */
export const datastore = `
  numberReadAveraged | num rate | Average read requests per second | average=178:1/3:V*H*S
  numberWriteAveraged | num rate | Average write requests per second | average=179:1/3:V*H*S
  read | KBps rate | Read rate | average=180:2:V*H*S
  write | KBps rate | Write rate | average=181:2:V*H*S
  totalReadLatency | ms absolute | Read latency | average=182:1/3:V*H*S
  totalWriteLatency | ms absolute | Write latency | average=183:1/3:V*H*S
  maxTotalLatency | ms absolute | Highest latency | latest=184:3:VH
  datastoreIops | num absolute | Storage I/O Control aggregated IOPS | average=185:1/3:H*S
  sizeNormalizedDatastoreLatency | us absolute | Storage I/O Control normalized latency | average=186:1/3:H*S
  throughput.usage | KBps absolute | usage | average=187:4:S
  throughput.contention | ms absolute | contention | average=188:4:S
  busResets | num delta | busResets | summation=189:2
  commandsAborted | num delta | commandsAborted | summation=190:2
  siocActiveTimePercentage | % absolute | Storage I/O Control active time percentage | average=191:1/3:H*
  datastoreReadBytes | num absolute | Storage DRS datastore bytes read | latest=349:2:H*
  datastoreWriteBytes | num absolute | Storage DRS datastore bytes written | latest=350:2:H*
  datastoreReadIops | num absolute | Storage DRS datastore read I/O rate | latest=351:1/3:H*
  datastoreWriteIops | num absolute | Storage DRS datastore write I/O rate | latest=352:1/3:H*
  datastoreReadOIO | num absolute | Storage DRS datastore outstanding read requests | latest=353:1/3:H*
  datastoreWriteOIO | num absolute | Storage DRS datastore outstanding write requests | latest=354:1/3:H*
  datastoreNormalReadLatency | num absolute | Storage DRS datastore normalized read latency | latest=355:2:H*
  datastoreNormalWriteLatency | num absolute | Storage DRS datastore normalized write latency | latest=356:2:H*
  datastoreReadLoadMetric | num absolute | Storage DRS datastore read workload metric | latest=357:4:H*
  datastoreWriteLoadMetric | num absolute | Storage DRS datastore write workload metric | latest=358:4:H*
  datastoreVMObservedLatency | us absolute | Datastore latency observed by VMs | latest=359:1/3:H*
  datastoreMaxQueueDepth | num absolute | Storage I/O Control datastore maximum queue depth | latest=537:1/3:H*
`

/** Storage adapter. */
export const storageAdapter = `
  commandsAveraged | num rate | Average commands issued per second | average=161:2:H*
  numberReadAveraged | num rate | Average read requests per second | average=162:2:H*
  numberWriteAveraged | num rate | Average write requests per second | average=163:2:H*
  read | KBps rate | Read rate | average=164:2:H*
  write | KBps rate | Write rate | average=165:2:H*
  totalReadLatency | ms absolute | Read latency | average=166:2:H*
  totalWriteLatency | ms absolute | Write latency | average=167:2:H*
  maxTotalLatency | ms absolute | Highest latency | latest=168:3:H
  throughput.cont | ms absolute | Storage Adapter Throughput Contention | average=169:4
  OIOsPct | % absolute | Storage Adapter Outstanding I/Os | average=170:4
  outstandingIOs | num absolute | Storage Adapter Outstanding I/Os | average=197:2
  queued | num absolute | Storage Adapter Number Queued | average=198:2
  queueDepth | num absolute | Storage Adapter Queue Depth | average=199:2
  queueLatency | ms absolute | Storage Adapter Queue Command Latency | average=200:2
  throughput.usag | KBps rate | Storage Adapter Throughput Usage | average=201:4
`

/** Storage path. */
export const storagePath = `
  throughput.cont | ms absolute | Storage Path Throughput Contention | average=192:4
  maxTotalLatency | ms absolute | Highest latency | latest=193:3:H
  busResets | num delta | Storage Path Bus Resets | summation=202:2/3
  commandsAborted | num delta | Storage Path Command Terminations | summation=203:2/3
  throughput.usage | KBps rate | Storage Path Throughput Usage | average=204:4
  commandsAveraged | num rate | Average commands issued per second | average=520:3:H*
  numberReadAveraged | num rate | Average read requests per second | average=521:3:H*
  numberWriteAveraged | num rate | Average write requests per second | average=522:3:H*
  read | KBps rate | Read rate | average=523:3:H*
  write | KBps rate | Write rate | average=524:3:H*
  totalReadLatency | ms absolute | Read latency | average=525:3:H*
  totalWriteLatency | ms absolute | Write latency | average=526:3:H*
`

/** Virtual flash. */
export const vflashModule = `
  numActiveVMDKs | num absolute | Number of caches controlled by the virtual flash module | latest=541:4:H*
`

/** PMEM. */
export const pmem = `
  available.reservation | MB absolute | Persistent memory available reservation | latest=571:4
`
