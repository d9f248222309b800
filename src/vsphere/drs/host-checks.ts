import type { Reader } from '#inventory/reader.js'
import type { VimFault } from '#vim25/fault.js'
import { groupOf } from '../fault-tolerance/group.js'
import { apart, tooManyOnHost } from '../fault-tolerance/hosts.js'
import { hardwareProblem } from '../vm/hardware-support.js'
import { virtualizationProblem } from '../vm/virtualization.js'

/**
 * A reason of another family why a VM may not run on a host, beside what placement checks itself; undefined: none.
 * The faults must be ones that power-on declares: InsufficientResourcesFault, VmConfigFault or InvalidState.
 */
export type HostCheck = (read: Reader, vm: string, host: string) => VimFault | undefined

/**
 * A VM needs a host that knows its virtual hardware, and hardware virtualization; fault tolerance keeps the halves of a
 * pair apart and counts its VMs per host.
 */
export const hostChecks: readonly HostCheck[] = [
  (read, vm, host) => hardwareProblem(read, vm, host),
  (read, vm, host) => virtualizationProblem(read, vm, host),
  (read, vm, host) =>
    groupOf(read, vm) ? (apart(read, vm, host) ?? tooManyOnHost(read, host, vm)) : undefined,
]

export function hostCheckFault(read: Reader, vm: string, host: string): VimFault | undefined {
  for (const check of hostChecks) {
    const found = check(read, vm, host)
    if (found) return found
  }
  return undefined
}
