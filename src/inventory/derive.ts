import { patch } from '#vim25/data.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import type { ComputeDerivation, InverseDerivation } from './derivation.js'
import type { Entity } from './entity.js'
import { reuse } from './equal.js'
import { noRefs, turnedOver, turnovers } from './inverses.js'
import type { Reaction } from './model.js'
import { getIn, type Path } from './path.js'
import type { Reader } from './reader.js'
import type { Draft } from './transaction.js'
import { workingCopies } from './working.js'

type Value = Readonly<Record<string, unknown>>

/**
 * Brings every derived property up to date with what the draft changed: each derivation in its order, each object at
 * most once. `before` reads the state that the derivations were last true for.
 */
export function derive(draft: Draft, before: Reader): void {
  const { model } = draft
  const dirty = model.derivations.map(() => new Set<string>())
  const copies = workingCopies()

  const react = (id: string, now: Entity | undefined, reactions: readonly Reaction[]) => {
    if (reactions.length === 0) return
    const old = before.entity(id)
    const other = old?.order !== now?.order
    for (const { at, own, paths, targets } of reactions) {
      // A new object is to be derived anyway; one that is gone needs nothing.
      if (other ? own : !paths.some((path) => differ(old?.value, now?.value, path))) continue
      const set = dirty[at] as Set<string>
      if (!targets) set.add(id)
      else {
        if (old) for (const target of targets(old.value, before, id)) if (target) set.add(target)
        if (now) for (const target of targets(now.value, draft, id)) if (target) set.add(target)
      }
    }
  }

  /** Writes what the derivation `at` makes of an object's properties and marks what follows from it. */
  const write = (entity: Entity, at: number, changes: Value) => {
    const { indexes, reactions } = model.plan(entity.type).after(at)
    const former = indexes.length > 0 ? { ...entity, value: { ...entity.value } } : undefined
    const copy = copies.open(entity)
    Object.assign(copy.value, changes)
    draft.replace(copy)
    if (former) draft.indexes.update(indexes, former, copy)
    react(entity.id, copy, reactions)
  }

  for (const [id, entity] of [...draft.changed]) {
    const type = entity?.type ?? before.entity(id)?.type
    if (type === undefined) continue
    const plan = model.plan(type)
    let now = entity
    if (entity && entity.order !== before.entity(id)?.order) {
      for (const at of plan.produced) (dirty[at] as Set<string>).add(id)
      now = withInverses(entity, plan.inverses, before.entity(id)?.value)
      if (now !== entity) draft.replace(now)
    }
    react(id, now, plan.reactions)
  }

  model.derivations.forEach((derivation, at) => {
    const ids = dirty[at] as Set<string>
    if (ids.size === 0) return
    if (derivation.kind === 'inverse')
      for (const [target, turnover] of turnovers(draft, before, derivation, ids)) {
        const entity = draft.entity(target)
        if (!entity || !model.plan(entity.type).inverses.includes(derivation)) continue
        const present = (entity.value as Value)[derivation.property] ?? noRefs
        const list = turnedOver(draft, present as readonly ManagedObjectReference[], turnover)
        write(entity, at, { [derivation.property]: list })
      }
    else
      for (const id of ids) {
        const entity = draft.entity(id)
        if (!entity || !model.plan(entity.type).produced.includes(at)) continue
        const changes = changesBy(derivation, entity, draft)
        if (changes) write(entity, at, changes)
      }
  })
  copies.close()
}

const differ = (before: object | undefined, after: object | undefined, path: Path) =>
  !Object.is(getIn(before, path), getIn(after, path))

/** A new object has all its lists of what points at it, if empty. */
function withInverses(
  entity: Entity,
  inverses: readonly InverseDerivation[],
  former: object | undefined,
): Entity {
  const lists: Record<string, unknown> = {}
  // Removed and made again in one transaction: what points at it still does.
  for (const { property } of inverses)
    if (!(property in entity.value)) lists[property] = (former as Value | undefined)?.[property] ?? noRefs
  if (Object.keys(lists).length === 0) return entity
  return Object.freeze({ ...entity, value: Object.freeze({ ...entity.value, ...lists }) })
}

/** Properties that a derivation gives new values; undefined when all stay what they are. */
function changesBy(derivation: ComputeDerivation, entity: Entity, read: Reader): Value | undefined {
  const values = derivation.compute(read, entity.id, entity.value)
  const value = entity.value as Value
  let changes: Record<string, unknown> | undefined
  for (const { path, name } of derivation.outputs) {
    const old = getIn(value, path)
    const fresh = reuse(old, values[name])
    if (Object.is(old, fresh)) continue
    const [property = '', ...rest] = path
    const present = changes && property in changes ? changes[property] : value[property]
    if (rest.length > 0 && present === undefined) continue
    changes ??= {}
    changes[property] = setIn(present, rest, fresh)
  }
  return changes
}

/** A copy of a data object with the value at a path replaced; `undefined` unsets it. */
function setIn(value: unknown, at: Path, fresh: unknown): unknown {
  const [step, ...rest] = at
  if (step === undefined) return fresh
  const inner = (value as Value)[step]
  if (rest.length > 0 && inner === undefined) return value
  const changes = { [step]: setIn(inner, rest, fresh) }
  if (typeof (value as Value)._typeName === 'string') return patch(value as never, changes as never)
  const copy = { ...(value as object), ...changes }
  if (changes[step] === undefined) delete copy[step]
  return Object.freeze(copy)
}
