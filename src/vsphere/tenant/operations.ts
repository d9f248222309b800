import { recordKind } from '#inventory/entity.js'
import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'

/** An object of the service provider's; record `serviceProvider:<moid>`. */
interface Marked {
  readonly entity: string
}

const marked = recordKind<Marked>('serviceProviderEntity')
const markId = (entity: string) => `serviceProvider:${entity}`

export const tenantOperations = operations('TenantTenantManager', {
  MarkServiceProviderEntities({ tx }, _self, { entity = [] }) {
    for (const { value } of existing(tx, entity))
      if (!tx.find(marked, markId(value))) tx.create(marked, markId(value), { entity: value })
  },

  UnmarkServiceProviderEntities({ tx }, _self, { entity = [] }) {
    for (const { value } of existing(tx, entity)) if (tx.find(marked, markId(value))) tx.remove(markId(value))
  },

  /** Those that are still there. */
  RetrieveServiceProviderEntities({ tx }) {
    return [...tx.ids(marked)]
      .map((id) => tx.get(marked, id).entity)
      .filter((id) => tx.find('ManagedEntity', id) !== undefined)
      .map((id) => tx.ref(id))
  },
})

/** All of them, once each. Throws ManagedObjectNotFound for one that is not there. */
function existing(
  tx: Context['tx'],
  entities: readonly ManagedObjectReference[],
): readonly ManagedObjectReference[] {
  for (const obj of entities)
    if (!tx.find('ManagedEntity', obj.value)) throw fault('ManagedObjectNotFound', { obj })
  return [...new Map(entities.map((ref) => [ref.value, ref])).values()]
}
