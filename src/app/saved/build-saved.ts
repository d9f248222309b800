import { isMoRef } from '#inventory/entity.js'
import { type Index, isSum } from '#inventory/indexes.js'
import type { ManagedTypes } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import type { Family } from '#vsphere/core/behaviour.js'
import type { Context } from '#vsphere/core/context.js'
import { createRegistry, type Registry } from '#vsphere/core/registry.js'
import { families } from '#vsphere/families.js'
import type { Saved } from './read-saved.js'

/** What works on a saved inventory: to log in, to look for objects and at them, to wait for changes. */
const READING = new Set([
  'session',
  'authorization',
  'service-instance',
  'property-collector',
  'view',
  'search-index',
])

let registry: Registry | undefined

/**
 * For a world of saved objects, which show what was saved: nothing is derived, nothing is computed when it is read but
 * what belongs to the session and the server itself, and no method changes anything.
 */
export function savedRegistry(): Registry {
  registry ??= createRegistry(
    families.map(({ name, operations, projections, indexes, derivations: _, ...rest }): Family => {
      const reading = READING.has(name)
      return {
        ...(reading ? rest : {}),
        name,
        operations: reading ? (operations ?? []) : [],
        projections: (projections ?? []).filter(({ type }) => reading && !isA(type, 'ManagedEntity')),
        // Sums are for what is derived and admitted.
        indexes: (indexes ?? []).flatMap((kept) => (isSum(kept) ? [] : [forgiving(kept)])),
      }
    }),
  )
  return registry
}

/** Objects of others may lack what ours always have: they are then not found by it. */
const forgiving = (index: Index): Index => ({
  ...index,
  keys(value, id) {
    try {
      return index.keys(value, id)
    } catch {
      return []
    }
  },
})

/** Puts the saved objects into the world, and the managers that its ServiceContent names and nobody saved. */
export function buildSaved({ tx }: Context, { objects }: Saved): void {
  for (const { type, id, properties } of objects) {
    // Sessions are this server's, and so are the rights of who logs in.
    const own = isA(type, 'ManagedEntity') ? { permission: Object.freeze([]) } : {}
    tx.create(type as keyof ManagedTypes & string, id, Object.freeze({ ...properties, ...own }) as never)
  }
  const { content } = tx.get('ServiceInstance', 'ServiceInstance')
  for (const ref of Object.values(content))
    if (isMoRef(ref) && !tx.entity(ref.value))
      tx.create(ref.type as keyof ManagedTypes & string, ref.value, {} as never)
}

/** What the saved server was. */
export function kindOfSaved({ objects }: Saved): 'vcenter' | 'esxi' {
  const instance = objects.find(({ id }) => id === 'ServiceInstance')
  const { content } = (instance?.properties ?? {}) as Partial<ManagedTypes['ServiceInstance']>
  return content?.about.apiType === 'HostAgent' ? 'esxi' : 'vcenter'
}
