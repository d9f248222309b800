import type { ServiceCall } from '../core/call.js'
import { notNow } from './errors.js'
import type { LibraryItem } from './records.js'

/**
 * Destroys the virtual machines behind items that are VM templates, in the caller's name; other items have none. Throws
 * NOT_ALLOWED_IN_CURRENT_STATE, before anything is gone, while a virtual machine is checked out of one of them.
 */
export async function destroyTemplates(call: ServiceCall, items: readonly LibraryItem[]): Promise<void> {
  const out = items.find(({ vmTemplate }) => vmTemplate?.checkOut)
  if (out) throw notNow('item_checked_out', out.id)
  // The latest last: with it the item goes.
  for (const { vmTemplate } of items)
    for (const vm of [vmTemplate?.previous?.vm, vmTemplate?.vm])
      if (vm !== undefined && call.read.find('VirtualMachine', vm))
        await call.task('VirtualMachine', vm, 'Destroy_Task', {})
}
