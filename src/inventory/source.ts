import type { Entity } from './entity.js'
import type { Model } from './model.js'
import type { Path } from './path.js'

/** Members that are derived: entirely, or some of theirs. */
type Derived = Map<string, Derived | true>

/** An object's value without what is derived. What holds nothing derived stays the same object. */
export function sourceValue(entity: Entity, model: Model): object {
  const derived = derivedMembers(entity.type, model)
  return derived ? (without(entity.value, derived) as object) : entity.value
}

const known = new WeakMap<Model, Map<string, Derived | undefined>>()

function derivedMembers(type: string, model: Model): Derived | undefined {
  let types = known.get(model)
  if (!types) {
    types = new Map()
    known.set(model, types)
  }
  if (!types.has(type)) types.set(type, gather(type, model))
  return types.get(type)
}

function gather(type: string, model: Model): Derived | undefined {
  const plan = model.plan(type)
  const derived: Derived = new Map()
  for (const { property } of plan.inverses) derived.set(property, true)
  for (const at of plan.produced) {
    const derivation = model.derivations[at]
    if (derivation?.kind === 'compute') for (const { path } of derivation.outputs) add(derived, path)
  }
  return derived.size > 0 ? derived : undefined
}

function add(derived: Derived, [step, ...rest]: Path): void {
  const below = step === undefined ? undefined : derived.get(step)
  if (step === undefined || below === true) return
  if (rest.length === 0) derived.set(step, true)
  else {
    const inner: Derived = below ?? new Map()
    derived.set(step, inner)
    add(inner, rest)
  }
}

function without(value: unknown, derived: Derived): unknown {
  if (typeof value !== 'object' || value === null) return value
  const source: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) {
    const below = derived.get(name)
    if (below !== true) source[name] = below ? without(member, below) : member
  }
  return Object.freeze(source)
}
