import type { Reader } from '#inventory/reader.js'
import { groupOf } from '../fault-tolerance/group.js'

/** True for a VM that HA must not restart after its host failed, because another family looks after it. */
export type RestartExclusion = (read: Reader, vm: string) => boolean

/** The families that look after VMs of theirs: fault tolerance leaves its pairs to itself. */
export const restartExclusions: readonly RestartExclusion[] = [(read, vm) => groupOf(read, vm) !== undefined]

export function isExcludedFromRestart(read: Reader, vm: string): boolean {
  return restartExclusions.some((exclusion) => exclusion(read, vm))
}
