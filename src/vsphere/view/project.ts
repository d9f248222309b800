import type { Projection } from '../core/behaviour.js'
import { projection } from '../core/behaviour.js'
import { viewOf, viewsOf } from './views.js'

/** A view's members are found when they are asked for; property filters follow them. */
export const viewProjections: readonly Projection[] = [
  projection(
    'ManagedObjectView',
    'view',
    ({ services, read }, _value, entity) => viewOf(services, read, entity),
    {
      watched: 'world',
    },
  ),
  projection('ViewManager', 'viewList', (ctx) => viewsOf(ctx)),
]
