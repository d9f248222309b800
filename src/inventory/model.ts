import { isA } from '#vim25/schema.js'
import type { Derivation, InverseDerivation } from './derivation.js'
import type { Index } from './indexes.js'
import { overlaps, type Path } from './path.js'

/** What an inventory keeps by itself: indexes and derivations, prepared once for all worlds of a process. */
export interface Model {
  readonly indexes: readonly Index[]
  /** Sorted so that each comes after those whose outputs it reads. */
  readonly derivations: readonly Derivation[]
  /** Per concrete type: what to look at when an object of the type changes. */
  plan(type: string): TypePlan
}

export interface TypePlan {
  readonly indexes: readonly Index[]
  readonly reactions: readonly Reaction[]
  /** Derivations with outputs on this type: they run once for every new object. */
  readonly produced: readonly number[]
  /** Inverse properties of this type: present, if empty, on every object. */
  readonly inverses: readonly InverseDerivation[]
}

/** `derivations[at]` reads `path` of this type. */
export interface Reaction {
  readonly at: number
  readonly path: Path
  readonly targets:
    | ((...args: Parameters<import('./derivation.js').Input['targets']>) => Iterable<string | undefined>)
    | undefined
}

export function createModel(indexes: readonly Index[], derivations: readonly Derivation[]): Model {
  const sorted = inOrder(derivations)
  const plans = new Map<string, TypePlan>()
  return {
    indexes,
    derivations: sorted,
    plan(type) {
      let plan = plans.get(type)
      if (!plan) {
        plan = planFor(type, indexes, sorted)
        plans.set(type, plan)
      }
      return plan
    },
  }
}

const matches = (type: string, declared: string) => type === declared || isA(type, declared)

function planFor(type: string, indexes: readonly Index[], derivations: readonly Derivation[]): TypePlan {
  const reactions: Reaction[] = []
  const produced: number[] = []
  const inverses: InverseDerivation[] = []
  derivations.forEach((derivation, at) => {
    if (derivation.kind === 'inverse') {
      if (matches(type, derivation.from)) reactions.push({ at, path: derivation.path, targets: undefined })
      if (derivation.to.some((to) => matches(type, to))) inverses.push(derivation)
      return
    }
    if (matches(type, derivation.type)) produced.push(at)
    for (const input of derivation.inputs)
      if (matches(type, input.type)) reactions.push({ at, path: input.path, targets: input.targets })
  })
  return { indexes: indexes.filter((index) => matches(type, index.type)), reactions, produced, inverses }
}

/** Topological order; a cycle, or two writers of one property, is a mistake of ours and stops the start. */
function inOrder(derivations: readonly Derivation[]): readonly Derivation[] {
  const sorted: Derivation[] = []
  const state = new Map<Derivation, 'visiting' | 'done'>()
  const visit = (derivation: Derivation, trail: readonly string[]) => {
    const seen = state.get(derivation)
    if (seen === 'done') return
    if (seen === 'visiting')
      throw new Error(`Derivations form a cycle: ${[...trail, derivation.name].join(' -> ')}`)
    state.set(derivation, 'visiting')
    for (const other of derivations) if (feeds(other, derivation)) visit(other, [...trail, derivation.name])
    state.set(derivation, 'done')
    sorted.push(derivation)
  }
  for (const derivation of derivations) visit(derivation, [])
  for (const [i, a] of derivations.entries())
    for (const b of derivations.slice(i + 1))
      if (
        writes(a).some((wa) =>
          writes(b).some((wb) => related(wa.type, wb.type) && overlaps(wa.path, wb.path)),
        )
      )
        throw new Error(`Derivations ${a.name} and ${b.name} write the same property.`)
  return sorted
}

const related = (a: string, b: string) => matches(a, b) || matches(b, a)

function writes(derivation: Derivation): readonly { type: string; path: Path }[] {
  return derivation.kind === 'inverse'
    ? derivation.to.map((type) => ({ type, path: [derivation.property] }))
    : derivation.outputs.map((path) => ({ type: derivation.type, path }))
}

function reads(derivation: Derivation): readonly { type: string; path: Path }[] {
  return derivation.kind === 'inverse'
    ? [{ type: derivation.from, path: derivation.path }]
    : derivation.inputs
}

function feeds(source: Derivation, sink: Derivation): boolean {
  return writes(source).some((out) =>
    reads(sink).some((input) => related(out.type, input.type) && overlaps(out.path, input.path)),
  )
}
