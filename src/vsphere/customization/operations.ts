import { data, patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { CustomizationSpecItem } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { guestOs } from '../vm/guest-os.js'
import { savedSpec, savedSpecId, savedSpecs } from './records.js'
import { blank, kept, requireSensible, withPasswords } from './rules.js'
import { fromXml, toXml } from './xml.js'

export const customizationSpecOperations = operations('CustomizationSpecManager', {
  DoesCustomizationSpecExist: ({ tx }, _self, { name }) => savedSpec(tx, name) !== undefined,

  GetCustomizationSpec: (ctx, _self, { name }) => required(ctx, name),

  CreateCustomizationSpec(ctx, _self, { item }) {
    requireSensible(item)
    requireFree(ctx, item.info.name)
    save(ctx, item)
  },

  /** With a `changeVersion` that is not the last one somebody else was quicker; without one nobody asks. */
  OverwriteCustomizationSpec(ctx, _self, { item }) {
    const { info } = required(ctx, item.info.name)
    requireSensible(item)
    const { changeVersion } = item.info
    if (changeVersion && changeVersion !== info.changeVersion) throw fault('ConcurrentAccess', {})
    save(ctx, item)
  },

  DeleteCustomizationSpec(ctx, _self, { name }) {
    required(ctx, name)
    ctx.tx.remove(savedSpecId(name))
  },

  DuplicateCustomizationSpec(ctx, _self, { name, newName }) {
    save(ctx, renamed(ctx, name, newName))
  },

  RenameCustomizationSpec(ctx, _self, { name, newName }) {
    const item = renamed(ctx, name, newName)
    ctx.tx.remove(savedSpecId(name))
    save(ctx, item)
  },

  CustomizationSpecItemToXml: (_ctx, _self, { item }) =>
    toXml(patch(item, { spec: withPasswords(item.spec, blank) })),

  XmlToCustomizationSpecItem: ({ identity }, _self, { specItemXml }) =>
    fromXml(specItemXml, identity.release),

  /** All that a customization needs is there for every guest that can be customized. */
  CheckCustomizationResources(_ctx, _self, { guestOs: guest }) {
    if (!customizable(guest)) throw fault('UncustomizableGuest', { uncustomizableGuestOS: guest })
  },
})

/** Guests of Linux and Windows are (vm/customization.ts). */
function customizable(guestId: string): boolean {
  const family = guestOs(guestId)?.family
  return family === 'linuxGuest' || family === 'windowsGuest'
}

function required({ tx }: Context, name: string): CustomizationSpecItem {
  const item = savedSpec(tx, name)
  if (!item) throw fault('NotFound', {})
  return item
}

function requireFree({ tx }: Context, name: string): void {
  if (savedSpec(tx, name)) throw fault('AlreadyExists', { name })
}

function renamed(ctx: Context, name: string, newName: string): CustomizationSpecItem {
  const item = required(ctx, name)
  const copy = patch(item, { info: patch(item.info, { name: newName }) })
  requireSensible(copy)
  requireFree(ctx, newName)
  return copy
}

/** Every save is a new version: real ones count seconds, these count changes, so that two within a second differ. */
function save(ctx: Context, { info, spec }: CustomizationSpecItem): void {
  const { tx, time } = ctx
  const item = data('CustomizationSpecItem', {
    info: patch(info, {
      changeVersion: String(tx.next('customizationSpecVersion')),
      lastUpdateTime: time,
    }),
    spec: withPasswords(spec, kept),
  })
  const id = savedSpecId(info.name)
  if (tx.find(savedSpecs, id)) tx.set(savedSpecs, id, { item })
  else tx.create(savedSpecs, id, { item })
}
