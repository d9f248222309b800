import type { Reader } from '#inventory/reader.js'
import type { HostSystemProperties } from '#vim25/generated/types.js'
import { hostsOf } from '../cluster/config.js'

/** An amount of both resources: CPU in MHz, memory in bytes. */
export interface Capacity {
  readonly cpuMHz: number
  readonly memoryBytes: number
}

const GB = 2 ** 30

/**
 * What the hypervisor keeps of a host, in bytes. Recorded: a 4 GB host has 961 MB left for VMs; a 16 GB one about 11.75 GB
 * (4.26 GB kept). Linear through those two, and 3% of what lies beyond 16 GB (deviation 18).
 */
export function hypervisorMemory(memoryBytes: number): number {
  const upTo16 = Math.min(memoryBytes, 16 * GB)
  const kept = 2.66 * GB + upTo16 * 0.1 + (memoryBytes - upTo16) * 0.03
  return Math.min(memoryBytes, Math.round(kept))
}

/**
 * What the hypervisor keeps of the CPUs, in MHz. Recorded: 467 of 4,588 MHz on two cores, about 10%; more cores add 1% of
 * theirs (deviation 18).
 */
export function hypervisorCpu(mhz: number, cores: number): number {
  return Math.round(mhz * (Math.min(cores, 2) * 0.102 + Math.max(0, cores - 2) * 0.01))
}

/** The capacity of a host's root resource pool: its hardware without what the hypervisor keeps. */
export function hostPoolCapacity(hardware: HostSystemProperties['hardware']): Capacity {
  if (!hardware) return NOTHING
  const mhz = Math.round(Number(hardware.cpuInfo.hz) / 1e6)
  const cores = hardware.cpuInfo.numCpuCores
  const memory = Number(hardware.memorySize)
  return {
    cpuMHz: mhz * cores - hypervisorCpu(mhz, cores),
    memoryBytes: memory - hypervisorMemory(memory),
  }
}

const NOTHING: Capacity = Object.freeze({ cpuMHz: 0, memoryBytes: 0 })

/** A host that can run VMs: connected, not in maintenance mode, not on standby. */
export function isUsable({ runtime }: Pick<HostSystemProperties, 'runtime'>): boolean {
  return (
    runtime.connectionState === 'connected' &&
    !runtime.inMaintenanceMode &&
    (runtime.standbyMode === undefined || runtime.standbyMode === 'none') &&
    runtime.powerState !== 'poweredOff'
  )
}

/** The capacity of a compute resource's root pool: that of its usable hosts together. */
export function rootPoolCapacity(read: Reader, computeResource: string): Capacity {
  let cpuMHz = 0
  let memoryBytes = 0
  for (const id of hostsOf(read, computeResource)) {
    const host = read.find('HostSystem', id)
    if (!host || !isUsable(host)) continue
    const capacity = hostPoolCapacity(host.hardware)
    cpuMHz += capacity.cpuMHz
    memoryBytes += capacity.memoryBytes
  }
  return { cpuMHz, memoryBytes }
}
