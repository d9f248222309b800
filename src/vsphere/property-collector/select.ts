import { type Entity, isMoRef } from '#inventory/entity.js'
import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { hasPrivilege } from '../authorization/check.js'
import { entityOf } from '../authorization/owner.js'
import { isUnrestricted } from '../authorization/permissions.js'
import { isForeign } from '../core/dispatch.js'
import { projectedProperty } from '../core/project.js'
import { type Reading, refusal } from './content.js'
import { valueAt } from './paths.js'
import type { Selector, Start, Traversal } from './selector.js'

/** What a walk found, with what it looked at on the way: as long as that stays, so does the result. */
export interface Walk {
  /** Ids of the objects to report, in the order in which they were reached. */
  readonly shown: ReadonlySet<string>
  /** Per traversal, the objects from which it was followed, with the references found. */
  readonly followed: readonly ReadonlyMap<string, unknown>[]
  /** The types of the objects to report, and per traversal of those from which it was followed. */
  readonly types: ReadonlySet<string>
  readonly followedTypes: readonly ReadonlySet<string>[]
}

/** An earlier walk of the same selector, and what has changed since: what it found and has not changed is still there. */
export interface Earlier {
  readonly walk: Walk
  readonly changed: ReadonlySet<string>
}

/** The object that a reference of a request means, if the caller can see one. */
export function visible({ ctx }: Reading, ref: ManagedObjectReference): Entity | undefined {
  const entity = ctx.read.entity(ref.value)
  if (!entity?.ref || !(entity.type === ref.type || isA(entity.type, ref.type))) return undefined
  return isForeign(ctx.read, ctx.session, ref.value) ? undefined : entity
}

/** The starts' objects; throws ManagedObjectNotFound for the first that is not there, unless `lenient`. */
export function startsOf(
  reading: Reading,
  { starts }: Selector,
  lenient: boolean,
): readonly [Start, Entity][] {
  const found: [Start, Entity][] = []
  for (const start of starts) {
    const entity = visible(reading, start.ref)
    if (entity) found.push([start, entity])
    else if (!lenient) throw fault('ManagedObjectNotFound', { obj: start.ref })
  }
  return found
}

/**
 * Walks from the starts along the traversals, depth first, each object in the order in which it is reached. Every object is
 * followed once per traversal, so that cycles end and another traversal still goes on (soap-wire 5.1).
 */
export function walk(
  reading: Reading,
  selector: Selector,
  starts: readonly (readonly [Start, Entity])[],
  show?: (entity: Entity) => void,
  earlier?: Earlier,
): Walk {
  const { read, session } = reading.ctx
  const restricted = !isUnrestricted(read)
  const shown = new Set<string>()
  const types = new Set(earlier?.walk.types)
  const followedTypes = selector.traversals.map(() => new Set<string>())
  const followed = selector.traversals.map(() => new Map<string, unknown>())
  const open: { entity: Entity; skip: boolean; follow: readonly Traversal[] }[] = []
  for (const [{ skip, follow }, entity] of starts) open.push({ entity, skip, follow })
  open.reverse()
  for (let here = open.pop(); here; here = open.pop()) {
    const { entity } = here
    if (!here.skip && !shown.has(entity.id)) {
      shown.add(entity.id)
      types.add(entity.type)
      show?.(entity)
    }
    const first = open.length
    for (const traversal of here.follow) {
      const done = followed[traversal.at] as Map<string, unknown>
      if (done.has(entity.id) || !(entity.type === traversal.type || isA(entity.type, traversal.type)))
        continue
      const targets = targetsOf(reading, entity, traversal)
      done.set(entity.id, targets)
      ;(followedTypes[traversal.at] as Set<string>).add(entity.type)
      const { skip, follow } = traversal
      const isLeaf = follow.length === 0
      if (isLeaf && skip) continue
      for (const ref of Array.isArray(targets) ? targets : [targets]) {
        if (!isMoRef(ref) || (isLeaf && shown.has(ref.value))) continue
        if (isLeaf && earlier && !restricted && isSure(earlier, ref.value)) {
          shown.add(ref.value)
          continue
        }
        const target = read.entity(ref.value)
        if (!target?.ref) continue
        if (restricted && !hasPrivilege(read, session, entityOf(read, target.ref), 'System.View')) continue
        open.push({ entity: target, skip, follow })
      }
    }
    reverseFrom(open, first)
  }
  return { shown, followed, types, followedTypes }
}

/** Found before and not changed since, so that it need not be looked up again. */
const isSure = ({ walk, changed }: Earlier, id: string) => walk.shown.has(id) && !changed.has(id)

/** What a traversal finds on an object: a reference, references, or nothing that this reader may see. */
export function targetsOf({ ctx, registry }: Reading, entity: Entity, { path }: Traversal): unknown {
  if (refusal(ctx, entity, path.head)) return undefined
  return valueAt(projectedProperty(registry, ctx, entity, path.head.name), path)
}

/** What was pushed last comes off first: put a group on the stack so that its first member does. */
function reverseFrom<T>(stack: T[], from: number): void {
  for (let i = from, j = stack.length - 1; i < j; i++, j--) {
    const kept = stack[i] as T
    stack[i] = stack[j] as T
    stack[j] = kept
  }
}
