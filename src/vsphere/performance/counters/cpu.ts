/** Counters in the notation of counters.ts: `name | unit kind | label | rollup=key:level[/per device][:entities] ...`. */

/** CPU. */
export const cpu = `
  usage | % rate | Usage | none=1:4 average=2:1/3:VH+C minimum=3:4:C maximum=4:4:C
  usagemhz | MHz rate | Usage in MHz | none=5:4 average=6:1/3:V+HCP minimum=7:4:CP maximum=8:4:CP
  reservedCapacity | MHz absolute | Reserved capacity | average=9:2/3:HC
  system | ms delta | System | summation=10:3:V
  wait | ms delta | Wait | summation=11:3:V+H
  ready | ms delta | Ready | summation=12:1/3:V+H
  idle | ms delta | Idle | summation=13:2/3:V+H+
  used | ms delta | Used | summation=14:3:V+H+
  capacity.provisioned | MHz absolute | CPU Capacity Provisioned | average=15:4:C
  capacity.entitlement | MHz absolute | CPU Capacity Entitlement | average=16:4:P
  capacity.usage | MHz rate | CPU Capacity Usage | average=17:4:CP
  capacity.demand | MHz absolute | CPU Capacity Demand | average=18:4:CP
  capacity.contention | % rate | CPU Capacity Contention | average=19:4:CP
  corecount.provisioned | num absolute | CPU Core Count Provisioned | average=20:4:CP
  corecount.usage | num absolute | CPU Core Count Usage | average=21:4:C
  corecount.contention | % rate | CPU Core Count Contention | average=22:4:CP
  cpuentitlement | MHz absolute | Worst case allocation | latest=213:2/3:P
  totalmhz | MHz rate | Total | average=278:1/3
  swapwait | ms delta | Swap wait | summation=386:3:V+H
  utilization | % rate | Utilization | none=387:4 average=388:2/3:H+ maximum=389:4 minimum=390:4
  coreUtilization | % rate | Core Utilization | none=391:4 average=392:2/3:H+ maximum=393:4 minimum=394:4
  totalCapacity | MHz absolute | Total capacity | average=395:2/3:H
  latency | % rate | Latency | average=396:2/3:VH
  entitlement | MHz absolute | Entitlement | latest=397:2/3:V
  demand | MHz absolute | Demand | average=398:2/3:VH
  costop | ms delta | Co-stop | summation=399:2/3:V+H
  maxlimited | ms delta | Max limited | summation=400:2/3:V+
  overlap | ms delta | Overlap | summation=401:3:V+
  run | ms delta | Run | summation=402:2/3:V+
  demandEntitlementRatio | % absolute | Demand-to-entitlement ratio | latest=403:4:V
  readiness | % rate | Readiness | average=404:4:V+H
`

/** Resource group CPU. */
export const rescpu = `
  actav1 | % absolute | Active (1 min average) | latest=348:3:VH
  actpk1 | % absolute | Active (1 min peak) | latest=501:3:VH
  runav1 | % absolute | Running (1 min average) | latest=502:3:VH
  actav5 | % absolute | Active (5 min average) | latest=503:3:VH
  actpk5 | % absolute | Active (5 min peak) | latest=504:3:VH
  runav5 | % absolute | Running (5 min average) | latest=505:3:VH
  actav15 | % absolute | Active (15 min average) | latest=506:3:VH
  actpk15 | % absolute | Active (15 min peak) | latest=507:3:VH
  runav15 | % absolute | Running (15 min average) | latest=508:3:VH
  runpk1 | % absolute | Running (1 min peak) | latest=509:3:VH
  maxLimited1 | % absolute | Throttled (1 min average) | latest=510:3:VH
  runpk5 | % absolute | Running (5 min peak) | latest=511:3:VH
  maxLimited5 | % absolute | Throttled (5 min average) | latest=512:3:VH
  runpk15 | % absolute | Running (15 min peak) | latest=513:3:VH
  maxLimited15 | % absolute | Throttled (15 min average) | latest=514:3:VH
  sampleCount | num absolute | Group CPU sample count | latest=515:3:VH
  samplePeriod | ms absolute | Group CPU sample period | latest=516:3:VH
`
