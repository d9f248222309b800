import { guestOs } from '../vm/guest-os.js'
import type { OvfOperatingSystem } from './envelope.js'

export interface ChosenGuest {
  readonly guestId: string
  /** The descriptor's system is not one that the host knows: it was mapped. */
  readonly mapped: boolean
}

/** The guest identifier of a descriptor, on a host that runs hardware up to `newest`. */
export function guestIdFor(system: OvfOperatingSystem | undefined, newest: number): ChosenGuest {
  if (!system) return { guestId: 'otherGuest', mapped: false }
  const known = (id: string | undefined) => {
    const guest = id === undefined ? undefined : guestOs(id)
    return guest !== undefined && guest.sinceHardware <= newest
  }
  const { osType, id } = system
  if (osType !== undefined && known(osType)) return { guestId: osType, mapped: false }
  const byNumber = BY_NUMBER[id]
  if (byNumber !== undefined && known(byNumber)) return { guestId: byNumber, mapped: osType !== undefined }
  const wide = /64/.test(`${osType ?? ''} ${system.description}`)
  return { guestId: wide ? 'otherGuest64' : 'otherGuest', mapped: true }
}

/** CIM_OperatingSystem.OsType of a guest: what a descriptor that is written says. */
export function osNumberOf(guestId: string): number {
  const found = Object.entries(BY_NUMBER).find(([, id]) => id === guestId)
  if (found) return Number(found[0])
  return GENERIC.find(([pattern]) => pattern.test(guestId))?.[1] ?? 1
}

/** CIM_OperatingSystem.OsType (DMTF CIM schema 2.24) and the guest that it is here. */
const BY_NUMBER: Readonly<Record<number, string>> = {
  0: 'otherGuest',
  1: 'otherGuest',
  14: 'dosGuest',
  17: 'win98Guest',
  18: 'winNTGuest',
  21: 'netware6Guest',
  29: 'solaris10Guest',
  36: 'otherLinuxGuest',
  42: 'freebsdGuest',
  58: 'win2000ServGuest',
  67: 'winXPProGuest',
  69: 'winNetStandardGuest',
  70: 'winNetStandard64Guest',
  71: 'winXPPro64Guest',
  73: 'winVistaGuest',
  74: 'winVista64Guest',
  76: 'winLonghornGuest',
  77: 'winLonghorn64Guest',
  78: 'freebsd64Guest',
  79: 'rhel5Guest',
  80: 'rhel6_64Guest',
  81: 'solaris10_64Guest',
  82: 'suseGuest',
  83: 'suse64Guest',
  84: 'slesGuest',
  85: 'sles64Guest',
  93: 'ubuntuGuest',
  94: 'ubuntu64Guest',
  95: 'debian5Guest',
  96: 'debian5_64Guest',
  97: 'other24xLinuxGuest',
  98: 'other24xLinux64Guest',
  99: 'other26xLinuxGuest',
  100: 'other26xLinux64Guest',
  101: 'otherLinux64Guest',
  102: 'otherGuest64',
  103: 'windows7Server64Guest',
  105: 'windows7Guest',
  106: 'centosGuest',
  107: 'centos64Guest',
  108: 'oracleLinuxGuest',
  109: 'oracleLinux64Guest',
  113: 'windows8Server64Guest',
  114: 'windows8Guest',
  115: 'windows8_64Guest',
  117: 'windows9Server64Guest',
  120: 'windows9_64Guest',
}

const GENERIC: readonly (readonly [RegExp, number])[] = [
  [/^ubuntu64/, 94],
  [/^debian\d*_64/, 96],
  [/^rhel\d*_64/, 80],
  [/^sles\d*_64/, 85],
  [/^centos\d*_64/, 107],
  [/^oracleLinux\d*_64/, 109],
  [/Linux64/, 101],
  [/Linux|coreos|vmwarePhoton/, 36],
  [/^windows.*srv|^windows\d+Server/, 117],
  [/^windows/, 120],
  [/64/, 102],
]
