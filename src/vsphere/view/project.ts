import type { Entity } from '#inventory/entity.js'
import type { Commit } from '#inventory/inventory.js'
import type { Reader } from '#inventory/reader.js'
import type { Following, Projection } from '../core/behaviour.js'
import { projection } from '../core/behaviour.js'
import type { Services } from '../core/context.js'
import { definitionKey, membershipOf, touchesContents } from './membership.js'
import { containerDefinition, viewOf, viewsOf } from './views.js'

/** A view's members are found when they are asked for; property filters follow them. */
export const viewProjections: readonly Projection[] = [
  projection(
    'ManagedObjectView',
    'view',
    ({ services, read }, _value, entity) => viewOf(services, read, entity),
    { watched: 'world', inputs: ['opened'], follow: followMembers },
  ),
  projection('ViewManager', 'viewList', (ctx) => viewsOf(ctx), {
    watched: 'world',
    follow: () => ({ key: 'views', touches: touchesViews }),
  }),
]

function followMembers(services: Services, entity: Entity): Following {
  const definition = containerDefinition(entity)
  if (definition)
    return {
      key: definitionKey(definition),
      touches: touchesContents,
      value: (read) => membershipOf(services, read, definition).view,
    }
  const members = (read: Reader) => {
    const view = read.entity(entity.id)
    return view ? viewOf(services, read, view) : undefined
  }
  return entity.type === 'InventoryView'
    ? {
        key: entity.id,
        touches: touchesContents,
        value: (read) =>
          members(read)
            ?.map(({ value }) => value)
            .join(),
      }
    : { key: entity.id, touches: endsSomething, value: members }
}

const ends = new WeakMap<Commit, boolean>()

/** A list names objects of any kind: it is shorter when one of them has gone. Asked of each commit for every list. */
function endsSomething(commit: Commit): boolean {
  let found = ends.get(commit)
  if (found === undefined) {
    found = commit.changes.some(({ before, after }) => before?.ref !== undefined && !after)
    ends.set(commit, found)
  }
  return found
}

const VIEWS: ReadonlySet<string> = new Set(['ContainerView', 'ListView', 'InventoryView'])

const touchesViews = ({ changes }: Commit) =>
  changes.some(({ before, after }) => (!before || !after) && VIEWS.has((after ?? before)?.type ?? ''))
