import { data } from '#vim25/data.js'
import type { HostSystemResourceInfo, ResourceAllocationInfo } from '#vim25/generated/types.js'
import type { Hardware } from '#world/machine.js'

/**
 * ESXi's own resource groups, as `esxcli sched group list` names them: two blanks deeper is a child, then CPU and memory
 * shares, and MHz and MB that are reserved (0: none).
 */
const GROUPS = `
user 9000 500
iofilters 1000 1000
  spm 500 500
  vmwarevmcrypt 500 500
opaque 500 500
system 500 500 10
  drivers 500 500
  ft 500 500
  helper 500 500
  idle 500 500
  kernel 500 500 0 40
    kmanaged 500 500
      visorfs 500 500
      heaps 500 500
    hardware 500 500
    minfree 500 500
  svmotion 500 500
  vmotion 500 500
    in 500 500
    out 500 500
  vsan 500 500
vim 500 500 230
  tmp 500 500
  vimuser 1000 500
    terminal 1000 500
      shell 500 500
      ssh 500 500
      uw 500 500
  vmci 500 500
  vmvisor 500 500 200 500
    apiForwarder 500 500
    attestd 500 500
    boot 500 500
    configStore 500 500
    dcui 500 500
    dhclient 500 500
    entropyd 500 500
    envoy 500 500
    esximage 500 500
    esxtokend 500 500
    hostd 1000 500 0 350
      hostdCgiServer 500 500
      tmp 500 500
    hostd-probe 500 500
      stats 500 500
        sh 500 500
    init 500 500
    lacp 500 500
    logging 500 500
    net-lbt 500 500
    nfcd 500 500
    ntpd 500 500
    plugins 500 500
      esxcli 500 500
      healthd 500 500
      vsan 500 500
    rhttpproxy 500 500
    sensord 500 500
    settingsd 500 500
    slp 500 500
    storageRM 500 500
    swapobjd 500 500
    systemStorage 500 500
    vmkdevmgr 500 500
    vmkeventd 500 500
    vmsyslogd 500 500
    vobd 500 500
    vpxa 1000 500 0 64
    vsanmgmt 500 500
    vvold 500 500
    wsman 500 500
`

const sharesKnown = new Map<number, ReturnType<typeof shares>>()

function shares(amount: number) {
  return data('SharesInfo', { shares: amount, level: amount === 1000 ? 'normal' : 'custom' })
}

function allocation(amount: number, reservation: number, limit: number): ResourceAllocationInfo {
  let share = sharesKnown.get(amount)
  if (!share) {
    share = shares(amount)
    sharesKnown.set(amount, share)
  }
  return data('ResourceAllocationInfo', {
    reservation,
    expandableReservation: limit < 0,
    limit,
    shares: share,
    overheadLimit: -1,
  })
}

const group = (
  key: string,
  cpuAllocation: ResourceAllocationInfo,
  memoryAllocation: ResourceAllocationInfo,
  child: readonly HostSystemResourceInfo[],
) =>
  data('HostSystemResourceInfo', {
    key,
    config: data('ResourceConfigSpec', { cpuAllocation, memoryAllocation }),
    child,
  })

/** The groups below `parent`, of rows that are indented by `depth`. */
function groupsOf(rows: readonly string[], parent: string, depth: number): readonly HostSystemResourceInfo[] {
  const starts = rows.flatMap((row, at) => (row.search(/\S/) === depth ? [at] : []))
  return starts.map((start, at) => {
    const [name = '', cpu, memory, mhz = 0, mb = 0] = (rows[start] ?? '').trim().split(' ')
    const key = `${parent}/${name}`
    return group(
      key,
      allocation(Number(cpu), Number(mhz), -1),
      allocation(Number(memory), Number(mb), -1),
      groupsOf(rows.slice(start + 1, starts[at + 1]), key, depth + 2),
    )
  })
}

let children: readonly HostSystemResourceInfo[] | undefined

const known = new Map<string, HostSystemResourceInfo>()

/** HostSystem.systemResources: ESXi's own resource groups, the same object for hosts of one size. */
export function systemResources(hardware: Hardware): HostSystemResourceInfo {
  const megahertz = hardware.cores * hardware.mhz
  const megabytes = Math.floor(hardware.memoryBytes / 2 ** 20)
  const key = `${megahertz} ${megabytes}`
  let made = known.get(key)
  if (!made) {
    children ??= Object.freeze([...groupsOf(GROUPS.trim().split('\n'), 'host', 0)])
    made = group(
      'host',
      allocation(1000, megahertz, megahertz),
      allocation(1000, megabytes, megabytes),
      children,
    )
    known.set(key, made)
  }
  return made
}
