import type { Reader } from '#inventory/reader.js'
import { isSecondary } from '../fault-tolerance/group.js'

/** True for a VM that HA must not restart after its host failed, because another family looks after it. */
export type RestartExclusion = (read: Reader, vm: string) => boolean

/**
 * The families that look after VMs of theirs: a secondary is its primary's affair. A primary that is still one when HA
 * comes to it was not protected, and is restarted.
 */
export const restartExclusions: readonly RestartExclusion[] = [(read, vm) => isSecondary(read, vm)]

export function isExcludedFromRestart(read: Reader, vm: string): boolean {
  return restartExclusions.some((exclusion) => exclusion(read, vm))
}
