import { isA } from '#vim25/schema.js'
import type { Derivation } from './derivation.js'
import { overlaps, type Path } from './path.js'

/** A path of a managed type (subtypes included) or record kind. */
interface Place {
  readonly type: string
  readonly path: Path
}

interface Written extends Place {
  readonly by: Derivation
}

/** Topological order; a cycle, or two writers of one property, is a mistake of ours and stops the start. */
export function inOrder(derivations: readonly Derivation[]): readonly Derivation[] {
  const writers = writersOf(derivations)
  refuseRivals(derivations, writers)
  const sorted: Derivation[] = []
  const state = new Map<Derivation, 'visiting' | 'done'>()
  const visit = (derivation: Derivation, trail: readonly string[]) => {
    const seen = state.get(derivation)
    if (seen === 'done') return
    if (seen === 'visiting')
      throw new Error(`Derivations form a cycle: ${[...trail, derivation.name].join(' -> ')}`)
    state.set(derivation, 'visiting')
    const feeders = new Set(reads(derivation).flatMap((input) => touching(writers, input)))
    for (const other of derivations) if (feeders.has(other)) visit(other, [...trail, derivation.name])
    state.set(derivation, 'done')
    sorted.push(derivation)
  }
  for (const derivation of derivations) visit(derivation, [])
  return sorted
}

function refuseRivals(derivations: readonly Derivation[], writers: Writers): void {
  for (const derivation of derivations)
    for (const output of writes(derivation)) {
      const rival = touching(writers, output).find((other) => other !== derivation)
      if (rival) throw new Error(`Derivations ${derivation.name} and ${rival.name} write the same property.`)
    }
}

/** What is written, by the first step of its path: only what begins alike can overlap (25 ms of a start otherwise). */
type Writers = ReadonlyMap<string, readonly Written[]>

function writersOf(derivations: readonly Derivation[]): Writers {
  const writers = new Map<string, Written[]>()
  for (const by of derivations)
    for (const place of writes(by)) {
      const step = place.path[0] ?? ''
      const list = writers.get(step)
      if (list) list.push({ ...place, by })
      else writers.set(step, [{ ...place, by }])
    }
  return writers
}

/** Derivations that write to a place, above it or below it. */
function touching(writers: Writers, { type, path }: Place): readonly Derivation[] {
  return (writers.get(path[0] ?? '') ?? [])
    .filter((written) => overlaps(written.path, path) && related(written.type, type))
    .map(({ by }) => by)
}

/** The type itself or one of its subtypes. */
export const matches = (type: string, declared: string): boolean => type === declared || isA(type, declared)

const related = (a: string, b: string) => matches(a, b) || matches(b, a)

export function writes(derivation: Derivation): readonly Place[] {
  return derivation.kind === 'inverse'
    ? derivation.to.map((type) => ({ type, path: [derivation.property] }))
    : derivation.outputs.map(({ path }) => ({ type: derivation.type, path }))
}

function reads(derivation: Derivation): readonly Place[] {
  return derivation.kind === 'inverse'
    ? [{ type: derivation.from, path: derivation.path }]
    : derivation.inputs
}
