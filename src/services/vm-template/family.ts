import type { Reader } from '#inventory/reader.js'
import type { ManagedTypes } from '#vim25/generated/types.js'
import type { Family } from '#vsphere/core/behaviour.js'
import type { Context } from '#vsphere/core/context.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { removeItem } from '../content-library/items.js'
import { itemKey, libraryItems } from '../content-library/records.js'
import { resumeCopies } from './pending.js'
import { isTemplate, itemsByVm, itemsWith, type TemplateItem } from './template.js'

/** Whether a virtual machine can be what an item keeps; one whose configuration cannot be read right now still is. */
function isVmTemplate(read: Reader, vm: string): boolean {
  const found = read.find('VirtualMachine', vm)
  return found !== undefined && (found.config?.template ?? true)
}

/**
 * An item lives as long as its template: with one that is destroyed, unregistered or made a virtual machine again, the item
 * goes (deviation 76). Of the other two virtual machines it only forgets.
 */
function follow(ctx: Context, item: TemplateItem): void {
  const { vm, size, previous, checkOut } = item.vmTemplate
  if (!isVmTemplate(ctx.tx, vm)) {
    removeItem(ctx, item)
    return
  }
  const kept = previous && isVmTemplate(ctx.tx, previous.vm) ? previous : undefined
  const out = checkOut && ctx.tx.find('VirtualMachine', checkOut.vm) ? checkOut : undefined
  if (kept !== previous || out !== checkOut)
    ctx.tx.set(libraryItems, itemKey(item.id), { vmTemplate: { vm, size, previous: kept, checkOut: out } })
}

/** VM templates in libraries: what becomes of items when somebody works on their virtual machines in the inventory. */
export const vmTemplateFamily: Family = {
  name: 'vm-template',
  indexes: [itemsByVm],
  attach(sandbox: Sandbox) {
    const followAll = (items: readonly TemplateItem[]) => {
      if (items.length > 0) sandbox.transact({}, (ctx) => items.forEach((item) => void follow(ctx, item)))
    }
    const { inventory } = sandbox
    followAll(
      [...inventory.read.ids(libraryItems)]
        .map((key) => inventory.read.get(libraryItems, key))
        .filter(isTemplate),
    )
    const rest = resumeCopies(sandbox)
    const unfollow = inventory.subscribe((commit) => {
      // Most worlds have no libraries: what changed is then nobody's question.
      if (inventory.read.count(libraryItems) === 0) return
      for (const { id, before, after } of commit.changes)
        if (before?.type === 'VirtualMachine' && (after === undefined || isConverted(before, after)))
          followAll(itemsWith(inventory.read, id))
    })
    return () => {
      rest()
      unfollow()
    }
  },
}

function isConverted(before: { readonly value: object }, after: { readonly value: object }): boolean {
  const was = (before.value as ManagedTypes['VirtualMachine']).config?.template
  const is = (after.value as ManagedTypes['VirtualMachine']).config?.template
  return was === true && is === false
}
