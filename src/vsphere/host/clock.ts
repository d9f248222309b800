import { recordKind } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'

/** A host's clock that somebody set by hand; record `hostClock:<host>`. */
interface HostClock {
  readonly host: string
  /** Milliseconds that it is ahead of the world's. */
  readonly ahead: number
}

export const hostClocks = recordKind<HostClock>('hostClock')

export const hostClockId = (host: string) => `hostClock:${host}`

/** How far a host's clock is ahead, in milliseconds. */
export const clockAhead = (read: Reader, host: string): number =>
  read.find(hostClocks, hostClockId(host))?.ahead ?? 0
