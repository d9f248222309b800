import type { Commit } from '#inventory/inventory.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { type Projection, projection } from '../core/behaviour.js'
import { ownedBySession } from '../session/objects.js'
import { filterValue } from './filters.js'

/** A collector shows each session its own filters. */
export const propertyCollectorProjections: readonly Projection[] = [
  projection(
    'PropertyCollector',
    'filter',
    ({ read, session }, _value, self) => {
      const filters: ManagedObjectReference[] = []
      for (const id of session ? ownedBySession(read, session.token) : []) {
        const entity = read.entity(id)
        if (entity?.ref && filterValue(entity)?.collector === self.id) filters.push(entity.ref)
      }
      return filters
    },
    { watched: 'world', follow: () => ({ key: 'filters', touches: touchesFilters }) },
  ),
]

const touchesFilters = ({ changes }: Commit) =>
  changes.some(({ before, after }) => (!before || !after) && (after ?? before)?.type === 'PropertyFilter')
