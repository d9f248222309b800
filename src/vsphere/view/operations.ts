import type { Entity } from '#inventory/entity.js'
import { moRef } from '#inventory/entity.js'
import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference, ManagedTypes } from '#vim25/generated/types.js'
import { isA, managedType } from '#vim25/schema.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { isForeign } from '../core/dispatch.js'
import { bindToSession, newSessionMoid, removeSessionObject } from '../session/objects.js'
import { contentsOf } from './membership.js'
import { type InventoryViewValue, viewOf } from './views.js'

type Refs = readonly ManagedObjectReference[]

const none: Refs = Object.freeze([])

export const viewManagerOperations = operations('ViewManager', {
  CreateContainerView(ctx, _self, { container, type, recursive }) {
    const entity = visible(ctx, container)
    if (!entity) throw fault('ManagedObjectNotFound', { obj: container })
    if (!contentsOf(entity.type)) throw fault('InvalidArgument', { invalidProperty: 'container' })
    if (type?.some((name) => !managedType(name) || !isA(name, 'ManagedEntity')))
      throw fault('InvalidArgument', { invalidProperty: 'type' })
    return create(ctx, 'ContainerView', {
      view: none,
      container: entity.ref as ManagedObjectReference,
      type: Object.freeze([...(type ?? [])]),
      recursive,
    })
  },

  CreateListView(ctx, _self, { obj }) {
    return create(ctx, 'ListView', { view: merged(none, resolve(ctx, obj).found) })
  },

  CreateListViewFromView(ctx, _self, { view }) {
    return create(ctx, 'ListView', { view: membersOf(ctx, view) })
  },

  CreateInventoryView(ctx) {
    const value: ManagedTypes['InventoryView'] & InventoryViewValue = { view: none, opened: none }
    return create(ctx, 'InventoryView', value)
  },
})

export const viewOperations = operations('View', {
  DestroyView(ctx, self) {
    removeSessionObject(ctx.tx, self.value)
  },
})

export const listViewOperations = operations('ListView', {
  ModifyListView(ctx, self, { add, remove }) {
    const { found, unresolved } = resolve(ctx, add)
    const gone = new Set((remove ?? []).map((ref) => ref.value))
    const view = merged(ctx.tx.get('ListView', self.value).view ?? none, found)
    const left = gone.size ? Object.freeze(view.filter((ref) => !gone.has(ref.value))) : view
    ctx.tx.set('ListView', self.value, { view: left })
    return [...unresolved, ...resolve(ctx, remove).unresolved]
  },

  ResetListView(ctx, self, { obj }) {
    const { found, unresolved } = resolve(ctx, obj)
    ctx.tx.set('ListView', self.value, { view: merged(none, found) })
    return unresolved
  },

  ResetListViewFromView(ctx, self, { view }) {
    ctx.tx.set('ListView', self.value, { view: membersOf(ctx, view) })
  },
})

export const inventoryViewOperations = operations('InventoryView', {
  OpenInventoryViewFolder(ctx, self, { entity }) {
    const { found, unresolved } = resolve(ctx, entity)
    setOpened(ctx, self, merged(openedBy(ctx, self), found))
    return unresolved
  },

  CloseInventoryViewFolder(ctx, self, { entity }) {
    const gone = new Set(entity.map((ref) => ref.value))
    setOpened(ctx, self, Object.freeze(openedBy(ctx, self).filter((ref) => !gone.has(ref.value))))
    return resolve(ctx, entity).unresolved
  },
})

function create<K extends 'ContainerView' | 'ListView' | 'InventoryView'>(
  ctx: Context,
  type: K,
  value: ManagedTypes[K],
): ManagedObjectReference {
  const ref = ctx.tx.create(type, newSessionMoid(ctx), value as never)
  bindToSession(ctx, ref)
  return ref
}

/** What the caller can see of the named objects, and the references that lead nowhere. */
function resolve(ctx: Context, refs: Refs | undefined): { found: Refs; unresolved: Refs } {
  const found: ManagedObjectReference[] = []
  const unresolved: ManagedObjectReference[] = []
  for (const ref of refs ?? []) {
    const entity = visible(ctx, ref)
    if (entity?.ref) found.push(entity.ref)
    else unresolved.push(ref)
  }
  return { found, unresolved }
}

function visible(ctx: Context, ref: ManagedObjectReference): Entity | undefined {
  const entity = ctx.tx.entity(ref.value)
  if (!entity?.ref || !(entity.type === ref.type || isA(entity.type, ref.type))) return undefined
  return isForeign(ctx.tx, ctx.session, ref.value) ? undefined : entity
}

/** Two lists as one, each object once. */
function merged(list: Refs, more: Refs): Refs {
  const known = new Map([...list, ...more].map((ref) => [ref.value, ref]))
  return known.size === list.length ? list : Object.freeze([...known.values()])
}

function membersOf(ctx: Context, view: ManagedObjectReference): Refs {
  const entity = visible(ctx, view)
  if (!entity || !isA(entity.type, 'ManagedObjectView'))
    throw fault('ManagedObjectNotFound', { obj: moRef(view.type, view.value) })
  return viewOf(ctx.services, ctx.tx, entity)
}

const openedBy = (ctx: Context, self: ManagedObjectReference): Refs =>
  (ctx.tx.get('InventoryView', self.value) as InventoryViewValue).opened

function setOpened(ctx: Context, self: ManagedObjectReference, opened: Refs): void {
  const change: Partial<ManagedTypes['InventoryView']> & InventoryViewValue = { opened }
  ctx.tx.set('InventoryView', self.value, change)
}
