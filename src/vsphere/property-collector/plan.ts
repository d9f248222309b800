import { fault } from '#vim25/fault.js'
import type { PropertySpec } from '#vim25/generated/types.js'
import { isA, managedType, type Property, subtypesOf } from '#vim25/schema.js'
import type { Projection } from '../core/behaviour.js'
import type { Registry } from '../core/registry.js'
import { compilePath, type PropertyPath } from './paths.js'

/**
 * The PropertySpecs of a request, checked and prepared: per concrete type of object what to read. Shared by all
 * requests that ask for the same, so that each path is compiled once.
 */
export interface PropertySet {
  /** Undefined when no spec matches: such an object is not reported. */
  plan(type: string): Plan | undefined
  /** True when a plan of some type is worldly. */
  readonly worldly: boolean
}

/** What is read of each object of one concrete type, in the order of the answer (by name, soap-wire 5.1). */
export interface Plan {
  readonly type: string
  /** Of the client, as an index into VERSIONS. */
  readonly release: number
  readonly entries: readonly Entry[]
  /** Names of the managed object's members that are looked at. */
  readonly heads: ReadonlySet<string>
  /** One property per privilege that reading takes. */
  readonly guards: readonly Property[]
  /** The entries that may depend on more than the object: on the reader, the clock or other objects. */
  readonly projected: readonly Entry[]
  /** True when a property is watched that may differ though the object did not change. */
  readonly worldly: boolean
}

export interface Entry {
  /** As the client wrote it. */
  readonly name: string
  readonly path: PropertyPath
  readonly projection: Projection | undefined
  /** False for what only `all` brought in: it is not listed when it is unset. */
  readonly named: boolean
}

/** More sets than this come from a client that makes them up. */
const REMEMBERED = 512
const remembered = new WeakMap<Registry, Map<string, PropertySet>>()

/**
 * Prepares PropertySpecs for a client of a release. Throws InvalidArgument (none), InvalidType (a type that the
 * release does not have), InvalidProperty (a path that the type does not have).
 */
export function propertySet(
  registry: Registry,
  specs: readonly PropertySpec[],
  release: number,
): PropertySet {
  let known = remembered.get(registry)
  if (!known) {
    known = new Map()
    remembered.set(registry, known)
  }
  const id = `${release}${specs.map((spec) => `\n${spec.type}\t${spec.all ? '*' : (spec.pathSet ?? []).join('\t')}`)}`
  let set = known.get(id)
  if (!set) {
    set = prepare(registry, specs, release)
    if (known.size >= REMEMBERED) known.clear()
    known.set(id, set)
  }
  return set
}

function prepare(registry: Registry, specs: readonly PropertySpec[], release: number): PropertySet {
  if (specs.length === 0) throw fault('InvalidArgument', { invalidProperty: 'propSet' })
  for (const { type, all, pathSet } of specs) {
    requireType(type, release)
    if (!all) for (const text of pathSet ?? []) compilePath(type, text, release)
  }
  const plans = new Map<string, Plan | undefined>()
  const plan = (type: string) => {
    if (plans.has(type)) return plans.get(type)
    const matching = specs.filter((spec) => isA(type, spec.type))
    const made = matching.length > 0 ? planFor(registry, type, matching, release) : undefined
    plans.set(type, made)
    return made
  }
  return {
    plan,
    get worldly() {
      return specs.some((spec) =>
        subtypesOf(spec.type).some((type) => isWorldly(registry, type) && plan(type)?.worldly),
      )
    },
  }
}

function isWorldly(registry: Registry, type: string): boolean {
  for (const { watched } of registry.projections(type).values()) if (watched === 'world') return true
  return false
}

/** Throws InvalidType unless clients of the release know the managed type. */
export function requireType(type: string, release: number): void {
  if (type === 'ManagedObject') return
  const found = managedType(type)
  if (!found || found.since > release) throw fault('InvalidType', { argument: type })
}

function planFor(registry: Registry, type: string, specs: readonly PropertySpec[], release: number): Plan {
  const names = new Map<string, boolean>()
  if (specs.some(({ all }) => all))
    for (const { name, since } of managedType(type)?.properties ?? [])
      if (since <= release) names.set(name, false)
  for (const { all, pathSet } of specs) if (!all) for (const name of pathSet ?? []) names.set(name, true)
  return planOf(registry, type, names, release)
}

/** The plan of several sets together: what one object gives that several FilterSpecs of a call select. */
export function unite(registry: Registry, plans: readonly Plan[], release: number): Plan {
  const [first] = plans
  if (first && plans.every((plan) => plan === first)) return first
  const names = new Map<string, boolean>()
  for (const { entries } of plans)
    for (const { name, named } of entries) names.set(name, named || (names.get(name) ?? false))
  return planOf(registry, (first as Plan).type, names, release)
}

function planOf(
  registry: Registry,
  type: string,
  names: ReadonlyMap<string, boolean>,
  release: number,
): Plan {
  const projections = registry.projections(type)
  const entries = [...names.keys()].sort().map((name): Entry => {
    const path = compilePath(type, name, release)
    return { name, path, projection: projections.get(path.head.name), named: names.get(name) ?? false }
  })
  const guards = new Map<string | undefined, Property>()
  for (const { path } of entries) guards.set(path.head.privilege, path.head)
  return {
    type,
    release,
    entries,
    heads: new Set(
      entries.flatMap(({ path, projection }) => [path.head.name, ...(projection?.inputs ?? [])]),
    ),
    guards: [...guards.values()],
    projected: entries.filter(({ projection }) => projection),
    worldly: entries.some(({ projection }) => projection?.watched === 'world'),
  }
}
