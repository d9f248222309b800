import { patch } from '#vim25/data.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import type { ComputeDerivation } from './derivation.js'
import { reuse } from './equal.js'
import { noRefs, turnedOver, turnovers } from './inverses.js'
import type { Reaction, TypePlan } from './model.js'
import { getIn, type Path } from './path.js'
import type { Reader } from './reader.js'
import { isOther, type Subject, subjectsOf } from './subjects.js'
import type { Draft } from './transaction.js'
import type { Value } from './working.js'

/**
 * Brings every derived property up to date with what the draft changed: each derivation in its order, each object at
 * most once. `before` reads the state that the derivations were last true for.
 */
export function derive(draft: Draft, before: Reader): void {
  const { model } = draft
  const subjects = subjectsOf(draft, before, model)
  /** New objects, by what is planned for their types: all that derivations produce for these is to be computed. */
  const arrivals = new Map<TypePlan, Subject[]>()
  /** In a new world everything is an arrival: nobody needs to be told of anything. */
  const isWorldNew = draft.start.entities.size === 0
  /** Per derivation the other objects that it is to compute, or the sources of an inverse; most derivations have none. */
  const dirty: (Set<Subject> | undefined)[] = model.derivations.map(() => undefined)

  const add = (at: number, subject: Subject) => {
    const marked = dirty[at]
    if (marked) marked.add(subject)
    else dirty[at] = new Set([subject])
  }

  const mark = (at: number, ids: Iterable<string | undefined>) => {
    for (const id of ids) {
      const subject = id === undefined ? undefined : subjects.of(id)
      if (subject && !isOther(subject)) add(at, subject)
    }
  }

  const react = (subject: Subject, reactions: readonly Reaction[]) => {
    const { id, before: old, now } = subject
    const other = isOther(subject)
    for (const { at, own, paths, targets } of reactions) {
      // A new object is to be derived anyway; one that is gone needs nothing.
      if (other ? own : !paths.some((path) => differ(old?.value, now?.value, path))) continue
      if (!targets) add(at, subject)
      else if (!isWorldNew) {
        if (old) mark(at, targets(old.value, before, id))
        if (now) mark(at, targets(now.value, draft, id))
      }
    }
  }

  /** Writes what the derivation `at` makes of an object's properties and marks what follows from it. */
  const write = (subject: Subject, at: number, changes: Value) => {
    const { now, plan } = subject
    const { indexes, reactions } = plan.after(at)
    const former = now && indexes.length > 0 ? { ...now, value: { ...now.value } } : undefined
    subjects.write(subject, changes)
    if (former) draft.indexes.update(indexes, former, subject.now)
    react(subject, reactions)
  }

  for (const id of [...draft.changed.keys()]) {
    const subject = subjects.of(id)
    if (!subject) continue
    const { plan, now } = subject
    if (now && isOther(subject)) {
      const alike = arrivals.get(plan)
      if (alike) alike.push(subject)
      else arrivals.set(plan, [subject])
      const lists = missingLists(subject)
      if (lists) subjects.write(subject, lists)
    }
    react(subject, plan.reactions)
  }

  const compute = (derivation: ComputeDerivation, at: number, subject: Subject) => {
    if (!subject.now) return
    const changes = changesBy(derivation, subject.id, subject.now.value as Value, draft)
    if (changes) write(subject, at, changes)
  }

  model.derivations.forEach((derivation, at) => {
    const marked = dirty[at]
    if (derivation.kind === 'compute') {
      for (const [plan, alike] of arrivals)
        if (plan.produced.includes(at)) for (const subject of alike) compute(derivation, at, subject)
      for (const subject of marked ?? [])
        if (subject.plan.produced.includes(at)) compute(derivation, at, subject)
      return
    }
    for (const [id, turnover] of turnovers(derivation, marked ?? [])) {
      const subject = subjects.of(id)
      if (!subject?.now || !subject.plan.inverses.includes(derivation)) continue
      const present = (subject.now.value as Value)[derivation.property] ?? noRefs
      const list = turnedOver(draft, present as readonly ManagedObjectReference[], turnover)
      write(subject, at, { [derivation.property]: list })
    }
  })
  subjects.close()
}

const differ = (before: object | undefined, after: object | undefined, path: Path) =>
  !Object.is(getIn(before, path), getIn(after, path))

/** A new object has all its lists of what points at it, if empty. */
function missingLists({ plan, before, now }: Subject): Value | undefined {
  const value = now?.value as Value
  const missing = plan.inverses.filter(({ property }) => !(property in value))
  if (missing.length === 0) return undefined
  // Removed and made again in one transaction: what points at it still does.
  const former = before?.value as Value | undefined
  return Object.fromEntries(missing.map(({ property }) => [property, former?.[property] ?? noRefs]))
}

/** Properties that a derivation gives new values; undefined when all stay what they are. */
function changesBy(derivation: ComputeDerivation, id: string, value: Value, read: Reader): Value | undefined {
  const values = derivation.compute(read, id, value)
  let changes: Value | undefined
  for (const { path, name } of derivation.outputs) {
    const old = getIn(value, path)
    const fresh = reuse(old, values[name])
    if (Object.is(old, fresh)) continue
    const [property = ''] = path
    const present = changes && property in changes ? changes[property] : value[property]
    if (path.length > 1 && present === undefined) continue
    changes ??= {}
    changes[property] = setIn(present, path, 1, fresh)
  }
  return changes
}

/** A copy of a data object with the value at a path, from its step `from` on, replaced; `undefined` unsets it. */
function setIn(value: unknown, at: Path, from: number, fresh: unknown): unknown {
  const step = at[from]
  if (step === undefined) return fresh
  const inner = (value as Value)[step]
  if (from + 1 < at.length && inner === undefined) return value
  const changes = { [step]: setIn(inner, at, from + 1, fresh) }
  if (typeof (value as Value)._typeName === 'string') return patch(value as never, changes as never)
  const copy = { ...(value as object), ...changes }
  if (changes[step] === undefined) delete copy[step]
  return Object.freeze(copy)
}
