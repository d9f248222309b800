import { VERSIONS, versionIndex } from '#vim25/schema.js'
import type { Identity } from '#vsphere/core/identity.js'

/** What a client that names no version speaks (soap-wire 1.5). */
const DEFAULT = VERSIONS.indexOf('2.5u2')

/** The first release of `urn:vim25`. */
const FIRST = VERSIONS.indexOf('2.5')

const ACTION = /^\s*"?urn:(?:internal)?vim25\/([\w.]+)"?\s*$/

/**
 * The release that a call speaks, as an index into VERSIONS, from its SOAPAction: the identity's own for newer ones,
 * the one before for numbers between two, the oldest for what names none (soap-wire 1.5, deviation 79).
 */
export function spokenRelease(action: string | undefined, { release: own }: Identity): number {
  const [, version] = ACTION.exec(action ?? '') ?? []
  if (version === undefined) return DEFAULT
  const known = versionIndex(version)
  if (known !== undefined) return Math.min(Math.max(known, FIRST), own)
  if (!/^\d+(\.\d+)*$/.test(version)) return DEFAULT
  const nearest = VERSIONS.findLastIndex((each) => !isNewer(each, version))
  return Math.min(Math.max(nearest, FIRST), own)
}

const isNewer = (version: string, other: string) => version.localeCompare(other, 'en', { numeric: true }) > 0

/** The release as messages of the real thing name it: `vim.version.v8_0_3_0`, `vim.version.version10` for 6.0. */
export function vmodlVersion(release: number): string {
  const version = VERSIONS[release] ?? ''
  if (release < FIRST_NAMED) return `vim.version.version${release + 1}`
  return `vim.version.v${version === '7.0.0.0' ? '7_0' : version.replaceAll('.', '_')}`
}

/** Before this one, releases are counted. */
const FIRST_NAMED = VERSIONS.indexOf('6.8.7')
