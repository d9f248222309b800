import type { Entity } from '#inventory/entity.js'
import type { ReadContext } from './context.js'
import type { Registry } from './registry.js'

/** A property as a reader sees it: the projection's value if there is one, else what is stored. */
export function projectedProperty(
  registry: Registry,
  ctx: ReadContext,
  entity: Entity,
  name: string,
): unknown {
  const stored = (entity.value as Record<string, unknown>)[name]
  const projection = registry.projections(entity.type).get(name)
  return projection ? projection.read(ctx, entity, stored) : stored
}
