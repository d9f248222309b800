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
  if (ctx.session && plan.guards.every((guard) => !refusal(ctx, entity, guard))) return undefined
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
  if (refused || !plan.pure) return read(reading, entity, plan, refused)
  const known = contentsOf(plan)
  let content = known.get(entity.value)
  if (!content) {
    content = Object.freeze(read(reading, entity, plan, undefined))
    remember(plan, entity.value, content)
  }
  return content
}

function read(reading: Reading, entity: Entity, plan: Plan, refused: Refusals): ObjectContent {
  const propSet: DynamicProperty[] = []
  for (const entry of plan.entries) {
    if (refused?.has(entry)) continue
    const head = headOf(reading.ctx, entity, entry)
    if (head === undefined || head === null) continue
    const value = entry.path.steps.length === 0 ? head : valueAt(head, entry.path)
    if (value !== undefined && value !== null)
      propSet.push({ _typeName: 'DynamicProperty', name: entry.name, val: anyAt(head, entry, value) })
  }
  const content: { -readonly [K in keyof ObjectContent]: ObjectContent[K] } = {
    _typeName: 'ObjectContent',
    obj: entity.ref as ManagedObjectReference,
  }
  if (propSet.length > 0) content.propSet = propSet
  if (refused) content.missingSet = [...refused].map(([entry, error]) => missingProperty(entry, error))
  return content
}

/** True when what contains the entry's end is itself unset. */
export function isContainerGone(head: unknown, entry: Entry): boolean {
  return entry.path.steps.length > 0 && (containerAt(head, entry.path) ?? undefined) === undefined
}

/**
 * Answers that are functions of one frozen value and one plan are kept, so that reading again costs nothing, and a door
 * that keeps encoded subtrees by identity finds them. Bounded by the number of properties in them.
 */
const MOST_KEPT = 200_000
let kept = 0
let contents = new WeakMap<Plan, WeakMap<object, ObjectContent>>()

function contentsOf(plan: Plan): WeakMap<object, ObjectContent> {
  let found = contents.get(plan)
  if (!found) {
    found = new WeakMap()
    contents.set(plan, found)
  }
  return found
}

function remember(plan: Plan, value: object, content: ObjectContent): void {
  kept += 1 + (content.propSet?.length ?? 0)
  if (kept > MOST_KEPT) {
    contents = new WeakMap()
    kept = 0
  }
  contentsOf(plan).set(value, content)
}
