import type { Entity } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import type { ManagedObjectReference, ManagedTypes } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import type { ReadContext, Services } from '../core/context.js'
import { rootFolderOf } from '../core/well-known.js'
import { ownedBySession } from '../session/objects.js'
import { contentsOf, membershipOf, type ViewDefinition } from './membership.js'

/** What is stored of an InventoryView beside its properties: the folders that are open. */
export interface InventoryViewValue {
  readonly opened: readonly ManagedObjectReference[]
}

/** What decides about a ContainerView's members; undefined for other objects. */
export function containerDefinition(entity: Entity): ViewDefinition | undefined {
  if (entity.type !== 'ContainerView') return undefined
  const { container, type, recursive } = entity.value as ManagedTypes['ContainerView']
  return { container: container.value, types: type ?? none, recursive }
}

const none: readonly never[] = Object.freeze([])

/** The members of any view, as they are now. */
export function viewOf(services: Services, read: Reader, view: Entity): readonly ManagedObjectReference[] {
  const definition = containerDefinition(view)
  if (definition) return membershipOf(services, read, definition).view
  if (view.type === 'InventoryView') return openedView(read, (view.value as InventoryViewValue).opened)
  const listed = (view.value as ManagedTypes['ListView']).view ?? none
  return listed.every((ref) => read.entity(ref.value)) ? listed : present(read, listed)
}

/** The references to what is still there; the same list as long as it stays the same. */
function present(read: Reader, listed: readonly ManagedObjectReference[]): readonly ManagedObjectReference[] {
  const left = listed.filter((ref) => read.entity(ref.value))
  const before = shortened.get(listed)
  if (before && before.length === left.length && before.every((ref, i) => ref === left[i])) return before
  const fresh = Object.freeze(left)
  shortened.set(listed, fresh)
  return fresh
}

const shortened = new WeakMap<readonly ManagedObjectReference[], readonly ManagedObjectReference[]>()

/**
 * An InventoryView shows the root folder and what is directly in the opened ones: of a datacenter its VM and host
 * folders, of a compute resource its hosts and pool (soap-wire 5.6).
 */
function openedView(
  read: Reader,
  opened: readonly ManagedObjectReference[],
): readonly ManagedObjectReference[] {
  const shown = new Map<string, ManagedObjectReference>()
  const root = read.entity(rootFolderOf(read))?.ref
  if (root) shown.set(root.value, root)
  for (const { value: id } of opened) {
    const entity = read.entity(id)
    if (!entity) continue
    const properties = isA(entity.type, 'Datacenter') ? ['vmFolder', 'hostFolder'] : contentsOf(entity.type)
    for (const property of properties ?? []) {
      const value = (entity.value as Record<string, unknown>)[property]
      for (const ref of (Array.isArray(value) ? value : value ? [value] : []) as ManagedObjectReference[])
        if (read.entity(ref.value)) shown.set(ref.value, ref)
    }
  }
  return Object.freeze([...shown.values()])
}

/** The caller's own views, in order of creation. */
export function viewsOf({ read, session }: ReadContext): readonly ManagedObjectReference[] {
  if (!session) return none
  return ownedBySession(read, session.token)
    .map((id) => read.entity(id))
    .filter((entity): entity is Entity => entity !== undefined && isA(entity.type, 'View'))
    .map((entity) => entity.ref as ManagedObjectReference)
}
