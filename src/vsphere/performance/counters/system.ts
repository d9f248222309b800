/** Counters in the notation of counters.ts: `name | unit kind | label | rollup=key:level[/per device][:entities] ...`. */

/** System. */
export const sys = `
  uptime | s absolute | Uptime | latest=155:1/3:VH
  heartbeat | num delta | Heartbeat | summation=156:1/3
  heartbeat | num absolute | Heartbeat | latest=473:4:V
  diskUsage | % absolute | Disk usage | latest=474:3
  resourceCpuUsage | MHz rate | Resource CPU usage (None) | none=475:4
  resourceCpuUsage | MHz rate | Resource CPU usage (Average) | average=476:3:H*
  resourceCpuUsage | MHz rate | Resource CPU usage (Maximum) | maximum=477:4
  resourceCpuUsage | MHz rate | Resource CPU usage (Minimum) | minimum=478:4
  resourceMemTouched | KB absolute | Resource memory touched | latest=479:3:H*
  resourceMemMapped | KB absolute | Resource memory mapped | latest=480:3:H*
  resourceMemShared | KB absolute | Resource memory share saved | latest=481:3:H*
  resourceMemSwapped | KB absolute | Resource memory swapped | latest=482:3:H*
  resourceMemOverhead | KB absolute | Resource memory overhead | latest=483:3:H*
  resourceMemCow | KB absolute | Resource memory shared | latest=484:3:H*
  resourceMemZero | KB absolute | Resource memory zero | latest=485:3:H*
  resourceCpuRun1 | % absolute | Resource CPU running (1 min. average) | latest=486:3:H*
  resourceCpuAct1 | % absolute | Resource CPU active (1 min average) | latest=487:3:H*
  resourceCpuMaxLimited1 | % absolute | Resource CPU maximum limited (1 min) | latest=488:3:H*
  resourceCpuRun5 | % absolute | Resource CPU running (5 min average) | latest=489:3:H*
  resourceCpuAct5 | % absolute | Resource CPU active (5 min average) | latest=490:3:H*
  resourceCpuMaxLimited5 | % absolute | Resource CPU maximum limited (5 min) | latest=491:3:H*
  resourceCpuAllocMin | MHz absolute | Resource CPU allocation minimum (in MHz) | latest=492:3:H*
  resourceCpuAllocMax | MHz absolute | Resource CPU allocation maximum (in MHz) | latest=493:3:H*
  resourceCpuAllocShares | num absolute | Resource CPU allocation shares | latest=494:3:H*
  resourceMemAllocMin | KB absolute | Resource memory allocation minimum (in KB) | latest=495:3:H*
  resourceMemAllocMax | KB absolute | Resource memory allocation maximum (in KB) | latest=496:3:H*
  resourceMemAllocShares | num absolute | Resource memory allocation shares | latest=497:3:H*
  osUptime | s absolute | OS Uptime | latest=498:4:V
  resourceMemConsumed | KB absolute | Resource memory consumed | latest=499:4:H*
  resourceFdUsage | num absolute | File descriptors used | latest=500:4:H*
`

/** Power. */
export const power = `
  power | W rate | Usage | average=157:2/3:VHCP
  powerCap | W absolute | Cap | average=158:3:HC
  energy | J delta | Energy usage | summation=159:3:VHCP
  capacity.usagePct | % absolute | Host Power Capacity Provisioned | average=160:4
  capacity.usable | W absolute | Host Power Capacity Usable | average=211:4
  capacity.usage | W absolute | Host Power Capacity Usage | average=212:4
`

/** Cluster services. */
export const clusterServices = `
  cpufairness | num absolute | CPU fairness | latest=215:1/3:C
  memfairness | num absolute | Memory fairness | latest=216:1/3:C
  effectivecpu | MHz rate | Effective CPU resources | average=276:1/3:C
  effectivemem | MB absolute | Effective memory resources | average=277:1/3:C
  failover | num absolute | Current failover level | latest=280:1/3:C
`

/** Virtual machine operations. */
export const vmop = `
  numPoweron | num absolute | VM power on count | latest=256:1/3:CD
  numPoweroff | num absolute | VM power off count | latest=257:1/3:CD
  numSuspend | num absolute | VM suspend count | latest=258:1/3:CD
  numReset | num absolute | VM reset count | latest=259:1/3:CD
  numRebootGuest | num absolute | VM guest reboot count | latest=260:1/3:CD
  numStandbyGuest | num absolute | VM standby guest count | latest=261:1/3:CD
  numShutdownGuest | num absolute | VM guest shutdown count | latest=262:1/3:CD
  numCreate | num absolute | VM create count | latest=263:1/3:CD
  numDestroy | num absolute | VM delete count | latest=264:1/3:CD
  numRegister | num absolute | VM register count | latest=265:1/3:CD
  numUnregister | num absolute | VM unregister count | latest=266:1/3:CD
  numReconfigure | num absolute | VM reconfigure count | latest=267:1/3:CD
  numClone | num absolute | VM clone count | latest=268:1/3:CD
  numDeploy | num absolute | VM template deploy count | latest=269:1/3:CD
  numChangeHost | num absolute | VM host change count (non-powered-on VMs) | latest=270:1/3:CD
  numChangeDS | num absolute | VM datastore change count (non-powered-on VMs) | latest=271:1/3:CD
  numChangeHostDS | num absolute | VM host and datastore change count (non-powered-on VMs) | latest=272:1/3:CD
  numVMotion | num absolute | vMotion count | latest=273:1/3:CD
  numSVMotion | num absolute | Storage vMotion count | latest=274:1/3:CD
  numXVMotion | num absolute | VM host and datastore change count (powered-on VMs) | latest=275:1/3:CD
`

/** vSphere Replication. */
export const hbr = `
  hbrNumVms | num absolute | vSphere Replication VM Count | average=538:4:H
  hbrNetRx | KBps rate | Replication Data Receive Rate | average=539:4:H
  hbrNetTx | KBps rate | Replication Data Transmit Rate | average=540:4:H
`

/** Management agent. */
export const managementAgent = `
  swapOut | KBps rate | Memory swap out | average=87:3
  swapIn | KBps rate | Memory swap in | average=88:3
  memUsed | KB absolute | Memory used | average=517:3
  swapUsed | KB absolute | Memory swap used | average=518:3
  cpuUsage | MHz rate | CPU usage | average=519:3
`

/** GPU. */
export const gpu = `
  utilization | % absolute | Utilization | none=558:4 average=559:4 maximum=560:4 minimum=561:4
  mem.used | KB absolute | Memory used | none=562:4 average=563:4 maximum=564:4 minimum=565:4
  mem.usage | % absolute | Memory usage | none=566:4 average=567:4 maximum=568:4 minimum=569:4
  temperature | C absolute | Temperature | average=570:4
`
