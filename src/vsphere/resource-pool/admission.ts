import type { Reader } from '#inventory/reader.js'
import { fault } from '#vim25/fault.js'
import type { Need } from './reservation.js'
import { standingsOf } from './usage.js'

export { vmOverheadBytes } from './overhead.js'
export { type Need, reservationOf } from './reservation.js'

/**
 * Admission control of a resource pool: throws InsufficientMemoryResourcesFault (bytes) or
 * InsufficientCpuResourcesFault (MHz) unless the pool, or those that it may borrow from, can still reserve `need`.
 * What `except` (a VM or a child pool) has reserved so far does not count.
 */
export function admitReservation(read: Reader, pool: string, need: Need, except?: string): void {
  const { memory, cpu } = standingsOf(read, pool, except)
  if (need.memoryBytes > 0 && need.memoryBytes > memory.unreserved)
    throw fault('InsufficientMemoryResourcesFault', {
      unreserved: memory.unreserved,
      requested: need.memoryBytes,
    })
  if (need.cpuMHz > 0 && need.cpuMHz > cpu.unreserved)
    throw fault('InsufficientCpuResourcesFault', { unreserved: cpu.unreserved, requested: need.cpuMHz })
}
