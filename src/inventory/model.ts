import type { Derivation, InverseDerivation, Targets } from './derivation.js'
import type { Kept } from './indexes.js'
import { inOrder, matches, writes } from './order.js'
import { overlaps, type Path } from './path.js'

/** What an inventory keeps by itself: indexes and derivations, prepared once for all worlds of a process. */
export interface Model {
  readonly indexes: readonly Kept[]
  /** Sorted so that each comes after those whose outputs it reads. */
  readonly derivations: readonly Derivation[]
  /** Per concrete type: what to look at when an object of the type changes. */
  plan(type: string): TypePlan
}

export interface TypePlan {
  readonly indexes: readonly Kept[]
  readonly reactions: readonly Reaction[]
  /** Derivations with outputs on this type: they run once for every new object. */
  readonly produced: readonly number[]
  /** Inverse properties of this type: present, if empty, on every object. */
  readonly inverses: readonly InverseDerivation[]
  /** What may have to follow when `derivations[at]` has written to an object of the type. */
  after(at: number): { readonly indexes: readonly Kept[]; readonly reactions: readonly Reaction[] }
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

export function createModel(indexes: readonly Kept[], derivations: readonly Derivation[]): Model {
  const sorted = inOrder(derivations)
  return {
    indexes,
    derivations: sorted,
    plan: remembered((type: string) => planFor(type, indexes, sorted)),
  }
}

function planFor(type: string, indexes: readonly Kept[], derivations: readonly Derivation[]): TypePlan {
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
  indexes: readonly Kept[],
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
