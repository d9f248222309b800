import type { Reader } from '#inventory/reader.js'

/** True for a VM that HA must not restart after its host failed, because another family looks after it. */
export type RestartExclusion = (read: Reader, vm: string) => boolean

const exclusions: RestartExclusion[] = []

/** Adds an exclusion, once, when a family is loaded: fault tolerance leaves its pairs to itself. */
export function excludeFromRestart(exclusion: RestartExclusion): void {
  if (!exclusions.includes(exclusion)) exclusions.push(exclusion)
}

export function isExcludedFromRestart(read: Reader, vm: string): boolean {
  return exclusions.some((exclusion) => exclusion(read, vm))
}
