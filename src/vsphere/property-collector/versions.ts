import { fault } from '#vim25/fault.js'
import type { UpdateSet } from '#vim25/generated/types.js'
import type { Reading } from './content.js'
import { type Evaluation, filterSet, type Item, type Reported } from './updates.js'

/** What an answer that may be truncated holds, however much more the caller would take (soap-wire 5.5). */
export const CHUNK = 100

/** Versions of a collector that can still be asked about: each keeps a state alive (deviation 34). */
const MOST_VERSIONS = 4

/** The versions that one collector has handed to one session. */
export interface Versions {
  /** Counts the complete update sets; '' does not reset it. */
  count: number
  readonly known: Map<string, Reported>
  suspended: Suspended | undefined
}

/** The rest of a truncated answer, in the state for which it was calculated. */
interface Suspended {
  readonly version: string
  readonly part: number
  readonly reading: Reading
  readonly rest: readonly Item[]
  readonly next: Reported
}

export const createVersions = (): Versions => ({ count: 0, known: new Map(), suspended: undefined })

/** The version's state; undefined for none ('' or absent). Throws InvalidCollectorVersion for one that is not known. */
export function reportedAt(versions: Versions, version: string | undefined): Reported | undefined {
  if (version === undefined || version === '') return undefined
  const found = versions.known.get(version)
  if (!found) throw fault('InvalidCollectorVersion', {})
  return found
}

/** The next part of a truncated answer, if the version names one: it is good for one call, and nothing in between. */
export function resume(
  versions: Versions,
  version: string | undefined,
  limit: number,
): UpdateSet | undefined {
  const { suspended } = versions
  versions.suspended = undefined
  if (!suspended || suspended.version !== version || limit === Number.POSITIVE_INFINITY) return undefined
  return part(versions, suspended, suspended.part + 1, limit)
}

/** The answer for an evaluation with something in it, or its first part. */
export function report(
  versions: Versions,
  reading: Reading,
  evaluation: Evaluation,
  limit: number,
): UpdateSet {
  return part(versions, { reading, rest: evaluation.items, next: evaluation.next }, 1, limit)
}

function part(
  versions: Versions,
  { reading, rest, next }: Pick<Suspended, 'reading' | 'rest' | 'next'>,
  number: number,
  limit: number,
): UpdateSet {
  const updates = filterSet(reading, rest.length <= limit ? rest : rest.slice(0, limit))
  if (rest.length > limit) {
    const version = `${versions.count}_${number}`
    versions.suspended = { version, part: number, reading, rest: rest.slice(limit), next }
    return { _typeName: 'UpdateSet', version, filterSet: updates, truncated: true }
  }
  versions.count++
  const version = String(versions.count)
  remember(versions, version, next)
  return { _typeName: 'UpdateSet', version, filterSet: updates }
}

function remember({ known }: Versions, version: string, reported: Reported): void {
  known.set(version, reported)
  const [oldest] = known.keys()
  if (known.size > MOST_VERSIONS && oldest !== undefined) known.delete(oldest)
}

/** Nothing visible has changed since the version: it stands for the newer state from now on. */
export function moveOn({ known }: Versions, version: string, next: Reported): void {
  if (known.has(version)) known.set(version, next)
}
