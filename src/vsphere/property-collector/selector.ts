import { fault } from '#vim25/fault.js'
import type {
  ManagedObjectReference,
  ObjectSpec,
  SelectionSpec,
  TraversalSpec,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { compilePath, type PropertyPath } from './paths.js'
import { requireType } from './plan.js'

/** The objectSet of a filter, checked, with its named selections resolved. */
export interface Selector {
  readonly starts: readonly Start[]
  readonly traversals: readonly Traversal[]
}

export interface Start {
  readonly ref: ManagedObjectReference
  readonly skip: boolean
  readonly follow: readonly Traversal[]
}

export interface Traversal {
  /** Its place in the selector's list. */
  readonly at: number
  readonly type: string
  readonly path: PropertyPath
  readonly skip: boolean
  readonly follow: readonly Traversal[]
}

/**
 * Checks an objectSet for a client of a release. Throws InvalidArgument for an empty one, for a path that its type
 * lacks or that leads to no object, and for a name that no TraversalSpec of the set has; InvalidType for an unknown type.
 */
export function compileSelector(objectSet: readonly ObjectSpec[], release: number): Selector {
  if (objectSet.length === 0) throw fault('InvalidArgument', { invalidProperty: 'objectSet' })
  const specs = traversalSpecs(objectSet)
  const made = new Map<TraversalSpec, { -readonly [K in keyof Traversal]: Traversal[K] }>()
  const byName = new Map<string, Traversal>()
  for (const spec of specs) {
    const traversal = {
      at: made.size,
      type: spec.type,
      path: traversalPath(spec, release),
      skip: spec.skip ?? false,
      follow: [],
    }
    made.set(spec, traversal)
    if (spec.name !== undefined && !byName.has(spec.name)) byName.set(spec.name, traversal)
  }
  const resolve = (set: readonly SelectionSpec[] | undefined): readonly Traversal[] =>
    (set ?? []).map((spec) => {
      const found = isTraversal(spec) ? made.get(spec) : byName.get(spec.name ?? '')
      if (!found) throw fault('InvalidArgument', { invalidProperty: 'selectSet.name' })
      return found
    })
  for (const [spec, traversal] of made) traversal.follow = resolve(spec.selectSet)
  return {
    starts: objectSet.map(({ obj, skip, selectSet }) => ({
      ref: obj,
      skip: skip ?? false,
      follow: resolve(selectSet),
    })),
    traversals: [...made.values()],
  }
}

function isTraversal(spec: SelectionSpec): spec is TraversalSpec {
  return isA(spec._typeName, 'TraversalSpec')
}

/** All TraversalSpecs of the set, in the order in which they are written. */
function traversalSpecs(objectSet: readonly ObjectSpec[]): ReadonlySet<TraversalSpec> {
  const found = new Set<TraversalSpec>()
  const open: SelectionSpec[] = objectSet.flatMap(({ selectSet }) => selectSet ?? []).reverse()
  for (let spec = open.pop(); spec; spec = open.pop()) {
    if (!isTraversal(spec) || found.has(spec)) continue
    found.add(spec)
    open.push(...[...(spec.selectSet ?? [])].reverse())
  }
  return found
}

function traversalPath(spec: TraversalSpec, release: number): PropertyPath {
  requireType(spec.type, release)
  let path: PropertyPath | undefined
  try {
    path = compilePath(spec.type, spec.path, release)
  } catch {
    path = undefined
  }
  if (path?.end.kind !== 'reference') throw fault('InvalidArgument', { invalidProperty: 'selectSet.path' })
  return path
}
