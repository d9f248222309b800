/** Counters in the notation of counters.ts: `name | unit kind | label | rollup=key:level[/per device][:entities] ...`. */

/** Memory. */
export const mem = `
  usage | % absolute | Host consumed % | none=23:4 average=24:1/3:VHC minimum=25:4:C maximum=26:4:C
  reservedCapacity | MB absolute | Reservation consumed | average=27:2/3:HC
  granted | KB absolute | Granted | none=28:4 average=29:2/3:VHCP minimum=30:4:CP maximum=31:4:CP
  active | KB absolute | Active | none=32:4 average=33:2/3:VHCP minimum=34:4:CP maximum=35:4:CP
  shared | KB absolute | Shared | none=36:4 average=37:2/3:VHCP minimum=38:4:CP maximum=39:4:CP
  zero | KB absolute | Zero pages | none=40:4 average=41:2/3:VHCP minimum=42:4:CP maximum=43:4:CP
  unreserved | KB absolute | Reservation available | none=44:4 average=45:2/3:H minimum=46:4 maximum=47:4
  swapused | KB absolute | Swap consumed | none=48:4 average=49:2/3:HC minimum=50:4:C maximum=51:4:C
  swapunreserved | KB absolute | swapunreserved | none=52:4 average=53:4 minimum=54:4 maximum=55:4
  sharedcommon | KB absolute | Shared common | none=56:4 average=57:2/3:H minimum=58:4 maximum=59:4
  heap | KB absolute | Heap | none=60:4 average=61:4:H minimum=62:4 maximum=63:4
  heapfree | KB absolute | Heap free | none=64:4 average=65:4:H minimum=66:4 maximum=67:4
  state | num absolute | Free state | latest=68:2/3:H
  swapped | KB absolute | Swapped | none=69:4 average=70:2/3:VP minimum=71:4:P maximum=72:4:P
  swaptarget | KB absolute | Swap target | none=73:4 average=74:2/3:V minimum=75:4 maximum=76:4
  swapIn | KB absolute | swapIn | none=77:4 average=78:2/3 minimum=79:4 maximum=80:4
  swapOut | KB absolute | swapOut | none=81:4 average=82:2/3 minimum=83:4 maximum=84:4
  swapinRate | KBps rate | Swap in rate | average=85:1/3:VH
  swapoutRate | KBps rate | Swap out rate | average=86:1/3:VH
  vmmemctl | KB absolute | Ballooned memory | none=89:4 average=90:1/3:VHCP minimum=91:4:CP maximum=92:4:CP
  vmmemctltarget | KB absolute | Balloon target | none=93:4 average=94:2/3:V minimum=95:4 maximum=96:4
  consumed | KB absolute | Consumed | none=97:4 average=98:1/3:VHCP minimum=99:4:CP maximum=100:4:CP
  overhead | KB absolute | Overhead consumed | none=101:4 average=102:1:VHCP minimum=103:4:CP maximum=104:4:CP
  compressed | KB absolute | Compressed | average=105:2/3:VHCP
  compressionRate | KBps rate | Compression rate | average=106:2/3:VHCP
  decompressionRate | KBps rate | Decompression rate | average=107:2/3:VHCP
  capacity.provisioned | KB absolute | Memory Capacity Provisioned | average=108:4:CP
  capacity.entitlement | KB absolute | Memory Capacity Entitlement | average=109:4:CP
  capacity.usable | KB absolute | Memory Capacity Usable | average=110:4:C
  capacity.usage | KB absolute | Memory Capacity Usage | average=111:4:CP
  capacity.contention | % rate | Memory Capacity Contention | average=112:4:CP
  capacity.usage.vm | KB absolute | vm | average=113:2/4
  capacity.usage.vmOvrhd | KB absolute | vmOvrhd | average=114:2/4
  capacity.usage.vmkOvrhd | KB absolute | vmkOvrhd | average=115:2/4
  capacity.usage.userworld | KB absolute | userworld | average=116:2/4
  reservedCapacity.vm | KB absolute | vm | average=117:2/4
  reservedCapacity.vmOvhd | KB absolute | vmOvhd | average=118:2/4
  reservedCapacity.vmkOvrhd | KB absolute | vmkOvrhd | average=119:2/4
  reservedCapacity.userworld | KB absolute | userworld | average=120:2/4
  reservedCapacityPct | % absolute | Memory Reserved Capacity % | average=121:4
  consumed.vms | KB absolute | Memory Consumed by VMs | average=122:2/4
  consumed.userworlds | KB absolute | Memory Consumed by userworlds | average=123:2/4
  mementitlement | MB absolute | Entitlement | latest=214:2/3:P
  totalmb | MB absolute | Total | average=279:1/3
  swapin | KB absolute | Swap in | none=405:4 average=406:2/3:VH maximum=407:4 minimum=408:4
  swapout | KB absolute | Swap out | none=409:4 average=410:2/3:VH maximum=411:4 minimum=412:4
  sysUsage | KB absolute | VMkernel consumed | none=413:4 average=414:2/3:H maximum=415:4 minimum=416:4
  activewrite | KB absolute | Active write | average=417:2/3:VH
  overheadMax | KB absolute | Overhead reserved | average=418:2/3:V
  totalCapacity | MB absolute | Total reservation | average=419:2/3:H
  zipped | KB absolute | Compressed | latest=420:2/3:V
  zipSaved | KB absolute | Compression saved | latest=421:2/3:V
  latency | % absolute | Page-fault latency | average=422:2/3:VH
  entitlement | KB absolute | Entitlement | average=423:2/3:V
  lowfreethreshold | KB absolute | Reclamation threshold | average=424:2/3:H
  llSwapUsed | KB absolute | Host cache consumed | none=425:4 average=429:4:VH maximum=430:4 minimum=431:4
  llSwapInRate | KBps rate | Host cache swap in rate | average=426:2/3:VH
  llSwapOutRate | KBps rate | Host cache swap out rate | average=427:2/3:VH
  overheadTouched | KB absolute | Overhead active | average=428:4:V
  llSwapIn | KB absolute | Host cache swap in | none=432:4 average=433:4:H maximum=434:4 minimum=435:4
  llSwapOut | KB absolute | Host cache swap out | none=436:4 average=437:4:H maximum=438:4 minimum=439:4
  vmfs.pbc.size | MB absolute | VMFS PB Cache Size | latest=440:4:H
  vmfs.pbc.sizeMax | MB absolute | Maximum VMFS PB Cache Size | latest=441:4:H
  vmfs.pbc.workingSet | TB absolute | VMFS Working Set | latest=442:4:H
  vmfs.pbc.workingSetMax | TB absolute | Maximum VMFS Working Set | latest=443:4:H
  vmfs.pbc.overhead | KB absolute | VMFS PB Cache Overhead | latest=444:4:H
  vmfs.pbc.capMissRatio | % absolute | VMFS PB Cache Capacity Miss Ratio | latest=445:4:H
`
