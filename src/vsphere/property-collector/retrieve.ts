import type { Entity } from '#inventory/entity.js'
import { fault } from '#vim25/fault.js'
import type { ObjectContent, PropertyFilterSpec } from '#vim25/generated/types.js'
import { objectContent, type Reading } from './content.js'
import { type Plan, propertySet, unite } from './plan.js'
import { startsOf, walk } from './select.js'
import { compileSelector } from './selector.js'

/** An object of a result, and what of it was asked for. */
export interface Selected {
  readonly entity: Entity
  readonly plan: Plan
}

/**
 * The objects that a specSet selects, each once, in the order of the walk; what several of its specs ask of one object
 * is united. Throws the faults of soap-wire 5.2.
 */
export function selectObjects(
  reading: Reading,
  specSet: readonly PropertyFilterSpec[],
  release: number,
): readonly Selected[] {
  if (specSet.length === 0) throw fault('InvalidArgument', { invalidProperty: 'specSet' })
  const requests = specSet.map((spec) => {
    const set = propertySet(reading.registry, spec.propSet, release)
    const selector = compileSelector(spec.objectSet, release)
    return { set, selector, starts: startsOf(reading, selector, spec.reportMissingObjectsInResults ?? false) }
  })
  if (requests.length === 1) {
    const result: Selected[] = []
    for (const { set, selector, starts } of requests)
      walk(reading, selector, starts, (entity) => {
        const plan = set.plan(entity.type)
        if (plan) result.push({ entity, plan })
      })
    return result
  }
  const found = new Map<string, { entity: Entity; plans: Plan[] }>()
  for (const { set, selector, starts } of requests)
    walk(reading, selector, starts, (entity) => {
      const plan = set.plan(entity.type)
      if (!plan) return
      const known = found.get(entity.id)
      if (known) known.plans.push(plan)
      else found.set(entity.id, { entity, plans: [plan] })
    })
  return [...found.values()].map(({ entity, plans }) => ({
    entity,
    plan: unite(reading.registry, plans, release),
  }))
}

export function contentsOf(reading: Reading, selected: readonly Selected[]): readonly ObjectContent[] {
  return selected.map(({ entity, plan }) => objectContent(reading, entity, plan))
}
