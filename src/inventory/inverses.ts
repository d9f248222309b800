import type { ManagedObjectReference } from '#vim25/generated/types.js'
import type { InverseDerivation } from './derivation.js'
import { type Entity, isMoRef } from './entity.js'
import { getIn, type Path } from './path.js'
import type { Reader } from './reader.js'
import { isOther, type Subject } from './subjects.js'

export const noRefs: readonly ManagedObjectReference[] = Object.freeze([])

/** Sources that no longer point at a target, and sources that now do. */
export interface Turnover {
  readonly gone: Set<string>
  readonly come: Entity[]
}

/** What a change of sources means for each of their targets, before and after it. */
export function turnovers(
  derivation: InverseDerivation,
  sources: Iterable<Subject>,
): ReadonlyMap<string, Turnover> {
  const changes = new Map<string, Turnover>()
  const of = (target: string) => {
    let entry = changes.get(target)
    if (!entry) {
      entry = { gone: new Set(), come: [] }
      changes.set(target, entry)
    }
    return entry
  }
  for (const source of sources) {
    const { id, before, now } = source
    const moved = isOther(source)
    const old = targetsOf(before?.value, derivation.path)
    const fresh = targetsOf(now?.value, derivation.path)
    for (const target of old) if (moved || !fresh.includes(target)) of(target).gone.add(id)
    for (const target of fresh) if (moved || !old.includes(target)) of(target).come.push(now as Entity)
  }
  return changes
}

const nothing: readonly string[] = Object.freeze([])

/** Each once. A source points at few: no set is worth its making. */
function targetsOf(value: object | undefined, at: Path): readonly string[] {
  const found = value === undefined ? undefined : getIn(value, at)
  if (isMoRef(found)) return [found.value]
  if (!Array.isArray(found)) return nothing
  const ids = found.filter(isMoRef).map((ref) => ref.value)
  return ids.length > 1 ? [...new Set(ids)] : ids
}

/** A target's list after the turnover: in order of creation, each object once. */
export function turnedOver(
  read: Reader,
  present: readonly ManagedObjectReference[],
  { gone, come }: Turnover,
): readonly ManagedObjectReference[] {
  const kept = gone.size ? present.filter((ref) => !gone.has(ref.value)) : present
  const youngest = kept.at(-1)
  // Most that comes is younger than all that is there: nothing is to be compared then, however long the list is.
  if (come.length === 1 && youngest && byAge(read.entity(youngest.value), come[0]) < 0)
    return Object.freeze([...kept, come[0]?.ref ?? read.ref(come[0]?.id ?? '')])
  const known = new Set(kept.map((ref) => ref.value))
  const fresh = come.filter(({ id }) => !known.has(id)).sort(byAge)
  const [first] = fresh
  if (!first) return Object.freeze(kept)
  const all = [...kept, ...fresh.map(({ id, ref }) => ref ?? read.ref(id))]
  const last = kept.at(-1)
  if (!last || byAge(read.entity(last.value), first) < 0) return Object.freeze(all)
  return Object.freeze(all.sort((a, b) => byAge(read.entity(a.value), read.entity(b.value))))
}

const byAge = (a: Entity | undefined, b: Entity | undefined) => (a?.order ?? 0) - (b?.order ?? 0)
