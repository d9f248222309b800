import { patch } from '#vim25/data.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import type { ComputeDerivation, InverseDerivation } from './derivation.js'
import { isMoRef } from './entity.js'
import { reuse } from './equal.js'
import { getIn, overlaps, type Path } from './path.js'
import type { Reader } from './reader.js'
import type { Draft } from './transaction.js'

/**
 * Brings every derived property up to date with what the draft changed: each derivation in its order, each object at
 * most once. `before` reads the state that the derivations were last true for.
 */
export function derive(draft: Draft, before: Reader): void {
  const { model } = draft
  const dirty = model.derivations.map(() => new Set<string>())

  const react = (id: string, outputs: readonly Path[] | undefined) => {
    const old = before.entity(id)
    const now = draft.entity(id)
    const type = (now ?? old)?.type
    if (type === undefined) return
    for (const reaction of model.plan(type).reactions) {
      if (outputs && !outputs.some((output) => overlaps(output, reaction.path))) continue
      if (
        old?.order === now?.order &&
        Object.is(getIn(old?.value, reaction.path), getIn(now?.value, reaction.path))
      )
        continue
      const set = dirty[reaction.at] as Set<string>
      if (!reaction.targets) set.add(id)
      else {
        if (old) for (const target of reaction.targets(old.value, before, id)) if (target) set.add(target)
        if (now) for (const target of reaction.targets(now.value, draft, id)) if (target) set.add(target)
      }
    }
  }

  for (const [id, entity] of [...draft.changed]) {
    const old = before.entity(id)
    if (entity && entity.order !== old?.order) {
      const plan = model.plan(entity.type)
      for (const at of plan.produced) (dirty[at] as Set<string>).add(id)
      for (const { property } of plan.inverses)
        if (!(property in entity.value)) {
          // Removed and made again in one transaction: what points at it still does.
          const list = (old?.value as Record<string, unknown> | undefined)?.[property] ?? none
          draft.set(entity.type as never, id, { [property]: list } as never)
        }
    }
    react(id, undefined)
  }

  model.derivations.forEach((derivation, at) => {
    const ids = dirty[at] as Set<string>
    if (ids.size === 0) return
    const apply = derivation.kind === 'inverse' ? applyInverse : applyCompute
    apply(draft, before, derivation as never, ids, react)
  })
}

type Changed = (id: string, outputs: readonly Path[]) => void

const none = Object.freeze([])

function applyCompute(
  draft: Draft,
  _before: Reader,
  derivation: ComputeDerivation,
  ids: Iterable<string>,
  changed: Changed,
): void {
  for (const id of ids) {
    const entity = draft.entity(id)
    if (
      !entity ||
      !draft.model.plan(entity.type).produced.some((at) => draft.model.derivations[at] === derivation)
    )
      continue
    const values = derivation.compute(draft, id)
    let value = entity.value as Record<string, unknown>
    for (const output of derivation.outputs) {
      const old = getIn(value, output)
      const fresh = reuse(old, values[output.join('.')])
      if (!Object.is(old, fresh)) value = setIn(value, output, fresh)
    }
    if (value === entity.value) continue
    draft.restore(Object.freeze({ ...entity, value: Object.freeze(value) }))
    changed(id, derivation.outputs)
  }
}

function applyInverse(
  draft: Draft,
  before: Reader,
  derivation: InverseDerivation,
  sources: Iterable<string>,
  changed: Changed,
): void {
  const output: readonly Path[] = [[derivation.property]]
  const changes = new Map<string, { gone: Set<string>; come: string[] }>()
  const of = (target: string) => {
    let entry = changes.get(target)
    if (!entry) {
      entry = { gone: new Set(), come: [] }
      changes.set(target, entry)
    }
    return entry
  }
  for (const id of sources) {
    const source = draft.entity(id)
    const old = targetsOf(before.entity(id)?.value, derivation.path)
    const now = targetsOf(source?.value, derivation.path)
    const moved = before.entity(id)?.order !== source?.order
    for (const target of old) if (moved || !now.has(target)) of(target).gone.add(id)
    for (const target of now) if (moved || !old.has(target)) of(target).come.push(id)
  }
  for (const [target, { gone, come }] of changes) {
    const entity = draft.entity(target)
    if (!entity || !draft.model.plan(entity.type).inverses.includes(derivation)) continue
    const value = entity.value as Record<string, unknown>
    const present = (value[derivation.property] ?? none) as readonly ManagedObjectReference[]
    const list = merge(
      draft,
      gone.size ? present.filter((ref) => !gone.has(ref.value)) : present,
      come.map((id) => draft.ref(id)),
    )
    draft.restore(
      Object.freeze({ ...entity, value: Object.freeze({ ...value, [derivation.property]: list }) }),
    )
    changed(target, output)
  }
}

function targetsOf(value: object | undefined, at: Path): ReadonlySet<string> {
  const found = value === undefined ? undefined : getIn(value, at)
  if (isMoRef(found)) return new Set([found.value])
  return new Set(Array.isArray(found) ? found.filter(isMoRef).map((ref) => ref.value) : [])
}

/** Two lists of references as one, in order of creation, each object once. */
function merge(
  read: Reader,
  present: readonly ManagedObjectReference[],
  come: readonly ManagedObjectReference[],
): readonly ManagedObjectReference[] {
  const order = (ref: ManagedObjectReference) => read.entity(ref.value)?.order ?? 0
  const known = new Set(present.map((ref) => ref.value))
  const fresh = come.filter((ref) => !known.has(ref.value)).sort((a, b) => order(a) - order(b))
  const last = present.at(-1)
  const first = fresh[0]
  if (!first) return Object.freeze(present)
  const all = [...present, ...fresh]
  return Object.freeze(last && order(last) > order(first) ? all.sort((a, b) => order(a) - order(b)) : all)
}

/** A copy of an object's properties with the value at a path replaced; `undefined` unsets it. */
function setIn(value: Record<string, unknown>, at: Path, fresh: unknown): Record<string, unknown> {
  const [step, ...rest] = at
  if (step === undefined) return value
  if (rest.length > 0) {
    const inner = value[step] as Record<string, unknown> | undefined
    if (inner === undefined) return value
    fresh = setIn(inner, rest, fresh)
  }
  if (typeof value._typeName === 'string') return patch(value as never, { [step]: fresh } as never)
  const copy = { ...value, [step]: fresh }
  if (fresh === undefined) delete copy[step]
  return Object.freeze(copy)
}
