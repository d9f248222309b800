import { isA } from '#vim25/schema.js'
import type { Derivation, InverseDerivation, Targets } from './derivation.js'
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
  /** What may have to follow when `derivations[at]` has written to an object of the type. */
  after(at: number): { readonly indexes: readonly Index[]; readonly reactions: readonly Reaction[] }
}

/** `derivations[at]` reads `paths` of this type. */
export interface Reaction {
  readonly at: number
  readonly paths: readonly Path[]
  /** Whom a change concerns; undefined: the object itself. */
  readonly targets: Targets | undefined
  /** The derivation writes to the very object that it reads. */
  readonly own: boolean
}

export function createModel(indexes: readonly Index[], derivations: readonly Derivation[]): Model {
  const sorted = inOrder(derivations)
  return {
    indexes,
    derivations: sorted,
    plan: remembered((type: string) => planFor(type, indexes, sorted)),
  }
}

const matches = (type: string, declared: string) => type === declared || isA(type, declared)

function planFor(type: string, indexes: readonly Index[], derivations: readonly Derivation[]): TypePlan {
  const reactions: (Reaction & { readonly paths: Path[] })[] = []
  const react = (at: number, path: Path, targets: Targets | undefined, own: boolean) => {
    const known = reactions.find((other) => other.at === at && other.targets === targets)
    if (known) known.paths.push(path)
    else reactions.push({ at, paths: [path], targets, own })
  }
  const produced: number[] = []
  const inverses: InverseDerivation[] = []
  derivations.forEach((derivation, at) => {
    if (derivation.kind === 'inverse') {
      if (matches(type, derivation.from)) react(at, derivation.path, undefined, false)
      if (derivation.to.some((to) => matches(type, to))) inverses.push(derivation)
      return
    }
    if (matches(type, derivation.type)) produced.push(at)
    for (const input of derivation.inputs)
      if (matches(type, input.type)) react(at, input.path, input.targets, input.targets === undefined)
  })
  const mine = indexes.filter((index) => matches(type, index.type))
  return {
    indexes: mine,
    reactions,
    produced,
    inverses,
    after: remembered((at) => follow(writes(derivations[at] as Derivation), mine, reactions)),
  }
}

/** The indexes and reactions that look at what was written, and of those the paths that do. */
function follow(
  written: readonly { readonly path: Path }[],
  indexes: readonly Index[],
  reactions: readonly Reaction[],
) {
  const isWritten = (path: Path) => written.some((output) => overlaps(output.path, path))
  return {
    indexes: indexes.filter(({ inputs }) => inputs.some(isWritten)),
    reactions: reactions
      .map((reaction) => ({ ...reaction, paths: reaction.paths.filter(isWritten) }))
      .filter(({ paths }) => paths.length > 0),
  }
}

function remembered<K, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>()
  return (key) => {
    let value = known.get(key)
    if (value === undefined) {
      value = make(key)
      known.set(key, value)
    }
    return value
  }
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
    : derivation.outputs.map(({ path }) => ({ type: derivation.type, path }))
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
