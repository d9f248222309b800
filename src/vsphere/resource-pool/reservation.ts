import type { VirtualMachineConfigInfo } from '#vim25/generated/types.js'
import { ftOverheadBytes, vmOverheadBytes } from './overhead.js'

/** An amount of both resources; memory in bytes, CPU in MHz. */
export interface Need {
  readonly memoryBytes: number
  readonly cpuMHz: number
}

const MB = 2 ** 20

/**
 * What a VM's power-on takes from its pool: its reservations, and its overhead memory (fact sheet E.5); for one half of a
 * fault-tolerant pair also what checkpointing takes.
 */
export function reservationOf(config: VirtualMachineConfigInfo): Need {
  const known = reservations.get(config)
  if (known) return known
  const need = reservationFor(config)
  reservations.set(config, need)
  return need
}

/** Pools and clusters add up hundreds of configurations at each power-on, nearly all of them as they were. */
const reservations = new WeakMap<VirtualMachineConfigInfo, Need>()

function reservationFor(config: VirtualMachineConfigInfo): Need {
  const { memoryMB, numCPU } = config.hardware
  const reservedMB = config.memoryReservationLockedToMax
    ? memoryMB
    : Number(config.memoryAllocation?.reservation ?? 0)
  return {
    memoryBytes: reservedMB * MB + vmOverheadBytes(memoryMB, numCPU) + ftOverheadBytes(config),
    cpuMHz: Number(config.cpuAllocation?.reservation ?? 0),
  }
}
