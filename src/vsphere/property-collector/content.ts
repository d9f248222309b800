import type { Entity } from '#inventory/entity.js'
import { localized, VimFault } from '#vim25/fault.js'
import type {
  DynamicProperty,
  ManagedObjectReference,
  MissingProperty,
  ObjectContent,
} from '#vim25/generated/types.js'
import { toAny } from '#vim25/json/any-slot.js'
import { requireMember } from '../authorization/check.js'
import { isUnrestricted } from '../authorization/permissions.js'
import type { ReadContext } from '../core/context.js'
import type { Registry } from '../core/registry.js'
import { containerAt, typeAt, valueAt } from './paths.js'
import type { Entry, Plan } from './plan.js'

/** Who reads, and from which state. */
export interface Reading {
  readonly ctx: ReadContext
  readonly registry: Registry
}

/** The reasons why a reader may not see some entries of a plan on an object; undefined when all may be seen. */
export type Refusals = ReadonlyMap<Entry, VimFault> | undefined

/** Asks once per privilege; only when one is refused (or nobody is logged in) property by property. */
export function refusals({ ctx }: Reading, entity: Entity, plan: Plan): Refusals {
  if (ctx.session && (isUnrestricted(ctx.read) || plan.guards.every((guard) => !refusal(ctx, entity, guard))))
    return undefined
  const found = new Map<Entry, VimFault>()
  for (const entry of plan.entries) {
    const error = refusal(ctx, entity, entry.path.head)
    if (error) found.set(entry, error)
  }
  return found.size > 0 ? found : undefined
}

export function refusal(
  ctx: ReadContext,
  entity: Entity,
  property: Plan['guards'][number],
): VimFault | undefined {
  try {
    requireMember(ctx, entity, property)
    return undefined
  } catch (error) {
    if (error instanceof VimFault) return error
    throw error
  }
}

/** The value of the managed object's property that an entry looks into, as this reader sees it. */
export function headOf(ctx: ReadContext, entity: Entity, entry: Entry): unknown {
  const stored = storedHead(entity, entry)
  return entry.projection ? entry.projection.read(ctx, entity, stored) : stored
}

export function storedHead(entity: Entity, entry: Entry): unknown {
  return (entity.value as Record<string, unknown>)[entry.path.head.name]
}

/** A value as an Any slot holds it. */
export function anyAt(head: unknown, entry: Entry, value: unknown): DynamicProperty['val'] {
  return toAny(value, typeAt(head, entry.path)) as DynamicProperty['val']
}

export function missingProperty(entry: Entry, error: VimFault): MissingProperty {
  return { _typeName: 'MissingProperty', path: entry.name, fault: localized(error) }
}

/** What a plan reads of an object: unset properties are left out, unreadable ones listed as missing. */
export function objectContent(reading: Reading, entity: Entity, plan: Plan): ObjectContent {
  const refused = refusals(reading, entity, plan)
  const projected = plan.projected.map((entry) => headOf(reading.ctx, entity, entry))
  const known = contentsOf(plan).get(entity)
  if (!refused && known && projected.every((head, at) => head === known.projected[at])) return known.content
  const properties = read(entity, plan, projected, known)
  if (refused) return contentOf(entity, plan, properties, refused)
  const content = contentOf(entity, plan, properties, undefined)
  // What is a function of the object alone is frozen as a whole: doors keep it so.
  if (projected.length === 0) Object.freeze(content)
  remember(plan, entity, { content, projected, properties })
  return content
}

type Properties = readonly (DynamicProperty | undefined)[]

/**
 * What each entry gives. `projected`: what the plan's projections give, in their order. Properties that stayed what they
 * were stay the same frozen objects, which doors keep encoded: with the second only a VM's uptime is new.
 */
function read(
  entity: Entity,
  plan: Plan,
  projected: readonly unknown[],
  known: Kept | undefined,
): Properties {
  let projections = 0
  return plan.entries.map((entry, at) => {
    const mine = entry.projection ? projections++ : undefined
    const head = mine === undefined ? storedHead(entity, entry) : projected[mine]
    if (known && (mine === undefined || head === known.projected[mine]))
      return Object.freeze(known.properties[at])
    if (head === undefined || head === null) return undefined
    const value = entry.path.steps.length === 0 ? head : valueAt(head, entry.path)
    if (value === undefined || value === null) return undefined
    const val = anyAt(head, entry, value)
    const property: DynamicProperty = { _typeName: 'DynamicProperty', name: entry.name, val }
    return mine === undefined ? Object.freeze(property) : property
  })
}

function contentOf(entity: Entity, plan: Plan, properties: Properties, refused: Refusals): ObjectContent {
  const propSet = properties.filter(
    (property, at) => property !== undefined && !refused?.has(plan.entries[at] as Entry),
  )
  return {
    _typeName: 'ObjectContent',
    obj: entity.ref as ManagedObjectReference,
    ...(propSet.length > 0 ? { propSet: Object.freeze(propSet as DynamicProperty[]) } : {}),
    ...(refused ? { missingSet: [...refused].map(([entry, error]) => missingProperty(entry, error)) } : {}),
  }
}

/** True when what contains the entry's end is itself unset. */
export function isContainerGone(head: unknown, entry: Entry): boolean {
  return entry.path.steps.length > 0 && (containerAt(head, entry.path) ?? undefined) === undefined
}

/** An answer, and what the plan's projections gave when it was made: as long as they give the same, it holds. */
interface Kept {
  readonly content: ObjectContent
  readonly projected: readonly unknown[]
  readonly properties: Properties
}

/**
 * Answers that are functions of one entity, one plan and what is projected are kept, so that reading again costs nothing,
 * and a door that keeps encoded subtrees by identity finds them. Not of its value alone: objects that are equal may share
 * theirs. Bounded by the number of properties in them.
 */
const MOST_KEPT = 200_000
let kept = 0
let contents = new WeakMap<Plan, WeakMap<Entity, Kept>>()

function contentsOf(plan: Plan): WeakMap<Entity, Kept> {
  let found = contents.get(plan)
  if (!found) {
    found = new WeakMap()
    contents.set(plan, found)
  }
  return found
}

function remember(plan: Plan, entity: Entity, answer: Kept): void {
  if (!contentsOf(plan).has(entity)) kept += 1 + answer.properties.length
  if (kept > MOST_KEPT) {
    contents = new WeakMap()
    kept = 0
  }
  contentsOf(plan).set(entity, answer)
}
