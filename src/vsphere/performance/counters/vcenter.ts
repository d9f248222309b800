/** Counters in the notation of counters.ts: `name | unit kind | label | rollup=key:level[/per device][:entities] ...`. */

/** vCenter debugging information. */
export const vcDebugInfo = `
  activationlatencystats | ms absolute | Activation latency | maximum=289:4 minimum=290:4 summation=291:1
  activationstats | num absolute | Activation count | maximum=292:4 minimum=293:4 summation=294:1
  hostsynclatencystats | ms absolute | Host sync latency | maximum=302:4 minimum=303:4 summation=304:1
  hostsyncstats | num absolute | Host sync count | maximum=305:4 minimum=306:4 summation=307:1
  inventorystats | num absolute | Inventory statistics | maximum=308:4 minimum=309:4 summation=310:1
  lockstats | num absolute | Locking statistics | maximum=311:4 minimum=312:4 summation=313:1
  lrostats | num absolute | vCenter Server LRO statistics | maximum=314:4 minimum=315:4 summation=316:1
  miscstats | num absolute | Miscellaneous | maximum=317:4 minimum=318:4 summation=319:1
  morefregstats | num absolute | Managed object reference statistics | maximum=320:4 minimum=321:4 summation=322:1
  scoreboard | num absolute | Scoreboard statistics | maximum=329:4 minimum=330:4 summation=331:3
  sessionstats | num absolute | Session statistics | maximum=332:4 minimum=333:4 summation=334:1
  systemstats | num absolute | System statistics | maximum=336:4 minimum=337:4 summation=338:1
  vcservicestats | num absolute | vCenter Server service statistics | maximum=340:4 minimum=341:4 summation=342:1
`

/** vCenter resource usage information. */
export const vcResources = `
  buffersz | KB absolute | buffersz | average=295:4
  cachesz | KB absolute | cachesz | average=296:4
  ctxswitchesrate | num rate | Context switch rate | average=297:1
  diskreadsectorrate | num rate | diskreadsectorrate | average=298:4
  diskreadsrate | num rate | Disk read rate | average=299:1
  diskwritesectorrate | num rate | diskwritesectorrate | average=300:4
  diskwritesrate | num rate | Disk write rate | average=301:1
  packetrecvrate | num rate | Received packet rate | average=323:1
  packetsentrate | num rate | Sent packet rate | average=324:1
  systemcpuusage | % rate | CPU system | average=325:1
  pagefaultrate | num rate | Page fault rate | average=326:1
  physicalmemusage | KB absolute | Physical memory | average=327:1
  priviledgedcpuusage | % rate | CPU privileged | average=328:1
  syscallsrate | num rate | System call rate | average=335:1
  usercpuusage | % rate | CPU user | average=339:1
  virtualmemusage | KB absolute | Virtual memory | average=343:1
`

/** VSAN DOM Objects. */
export const vsanDomObj = `
  readIops | num rate | Read IOPS | average=542:4
  readThroughput | KBps rate | Read throughput | average=543:4
  readAvgLatency | ms absolute | Average read latency | average=544:4
  readMaxLatency | ms absolute | Max read latency | latest=545:4
  readCacheHitRate | % absolute | Cache hit rate | latest=546:4
  readCongestion | num rate | Read congestion per sampling interval | average=547:4
  writeIops | num rate | Write IOPS | average=548:4
  writeThroughput | KBps rate | Write throughput | average=549:4
  writeAvgLatency | ms absolute | Average write latency | average=550:4
  writeMaxLatency | ms absolute | Max write latency | latest=551:4
  writeCongestion | num rate | Write congestion per sampling interval | average=552:4
  recoveryWriteIops | num rate | Recovery write IOPS | average=553:4
  recoveryWriteThroughput | KBps rate | Recovery write through-put | average=554:4
  recoveryWriteAvgLatency | ms absolute | Average recovery write latency | average=555:4
  recoveryWriteMaxLatency | ms absolute | Max recovery write latency | latest=556:4
  recoveryWriteCongestion | num rate | Recovery write congestion per sampling interval | average=557:4
`
