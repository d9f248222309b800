import { instant } from '#ports/clock.js'
import { data } from '#vim25/data.js'
import type { VirtualMachineProperties, VirtualMachineQuickStats } from '#vim25/generated/types.js'
import { memo } from './share.js'

type Vm = Pick<VirtualMachineProperties, 'config' | 'runtime' | 'guestHeartbeatStatus'>

/** Hosts report statistics every 20 seconds; until then the figures stay. */
export const STATS_INTERVAL_MS = 20_000

/** How busy a VM is compared with its average, in the intervals that it goes through one after the other (deviation 53). */
const LEVELS = [1, 0.8, 1.1, 0.7, 1.3, 0.9, 1.5, 0.6, 1.2, 0.75, 1.05, 0.85, 1.4, 0.65, 0.95, 1.25] as const

/** After so many intervals everything is as it was. */
export const LEVEL_COUNT = LEVELS.length

/** Shares of what it has that a quiet VM uses on average (ours). */
const CPU = 0.02
const ACTIVE_MEMORY = 0.1
/** What of its memory has been touched since it started, and so is the host's loss; all of it where it is reserved. */
const CONSUMED_MEMORY = 0.6

/** FNV-1a: a number that depends on the VM's id alone. */
function phaseOf(id: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** How long a VM has been running, in seconds. */
export function uptimeOf({ runtime }: Pick<Vm, 'runtime'>, now: number): number {
  const { bootTime, powerState } = runtime
  if (powerState !== 'poweredOn' || bootTime === undefined) return 0
  return Math.max(0, Math.floor((now - instant(bootTime)) / 1000))
}

const known = memo<VirtualMachineQuickStats>()

/**
 * VirtualMachine.summary.quickStats at an instant: a function of the VM, its id and the clock. MHz, MB and seconds. All zero for
 * a VM that does not run, or of which nothing is heard. VMs that are alike share what is alike.
 */
export function quickStatsOf(id: string, vm: Vm, now: number): VirtualMachineQuickStats {
  const { runtime, config, guestHeartbeatStatus } = vm
  if (runtime.powerState !== 'poweredOn' || runtime.connectionState !== 'connected' || !config)
    return known(`${guestHeartbeatStatus}/${uptimeOf(vm, now)}`, () =>
      statistics(guestHeartbeatStatus, uptimeOf(vm, now)),
    )
  const slot = Math.floor(now / STATS_INTERVAL_MS)
  const level = LEVELS[(phaseOf(id) + slot) % LEVELS.length] ?? 1
  const uptime = uptimeOf(vm, now)
  const mhz = runtime.maxCpuUsage ?? 0
  const { memoryMB, numCPU } = config.hardware
  const overheadMB = Math.round(Number(runtime.memoryOverhead ?? 0) / 2 ** 20)
  const reserved = config.memoryReservationLockedToMax ?? false
  const mirrored = runtime.faultToleranceState === 'running'
  const key = [
    guestHeartbeatStatus,
    uptime,
    level,
    mhz,
    memoryMB,
    numCPU,
    overheadMB,
    reserved,
    mirrored,
  ].join('/')
  return known(key, () => {
    const cpu = Math.round(mhz * CPU * level)
    const active = Math.round(memoryMB * ACTIVE_MEMORY * level)
    const consumed = reserved ? memoryMB : Math.round(memoryMB * CONSUMED_MEMORY)
    return statistics(guestHeartbeatStatus, uptime, {
      overallCpuUsage: cpu,
      overallCpuDemand: cpu,
      guestMemoryUsage: active,
      hostMemoryUsage: consumed + overheadMB,
      distributedCpuEntitlement: cpu,
      distributedMemoryEntitlement: consumed + overheadMB,
      staticCpuEntitlement: mhz,
      staticMemoryEntitlement: memoryMB,
      grantedMemory: memoryMB,
      privateMemory: consumed,
      consumedOverheadMemory: overheadMB,
      activeMemory: active,
      ...(mirrored ? logging(numCPU, level) : {}),
    })
  })
}

/** What a protected pair sends over the logging network: KB/s and ms; green up to two seconds (fact sheet A.3). */
const logging = (numCPU: number, level: number) =>
  ({
    ftLogBandwidth: Math.round(numCPU * 400 * level),
    ftSecondaryLatency: Math.round(12 * level),
    ftLatencyStatus: 'green',
  }) as const

function statistics(
  guestHeartbeatStatus: VirtualMachineQuickStats['guestHeartbeatStatus'],
  uptimeSeconds: number,
  busy: Partial<VirtualMachineQuickStats> = {},
): VirtualMachineQuickStats {
  return data('VirtualMachineQuickStats', {
    overallCpuUsage: 0,
    overallCpuDemand: 0,
    overallCpuReadiness: 0,
    guestMemoryUsage: 0,
    hostMemoryUsage: 0,
    distributedCpuEntitlement: 0,
    distributedMemoryEntitlement: 0,
    staticCpuEntitlement: 0,
    staticMemoryEntitlement: 0,
    grantedMemory: 0,
    privateMemory: 0,
    sharedMemory: 0,
    swappedMemory: 0,
    balloonedMemory: 0,
    consumedOverheadMemory: 0,
    ftLogBandwidth: -1,
    ftSecondaryLatency: -1,
    ftLatencyStatus: 'gray',
    compressedMemory: 0,
    ssdSwappedMemory: 0,
    activeMemory: 0,
    ...busy,
    guestHeartbeatStatus,
    uptimeSeconds,
  })
}
