import { VapiError } from '#vapi/error.js'
import type { ServiceCall } from '../core/call.js'
import { contentService } from './content-service.js'
import { notNow, told, wrongKind } from './errors.js'
import { requireItem } from './items.js'
import { requireLibrary } from './libraries.js'
import type { Library, LibraryItem } from './records.js'
import { evictItem, publisherOf, sourceItem, syncItem } from './sync.js'

/** Items of subscribed libraries: their bytes come and go, the rest follows the publisher. */
export const subscribedItem = contentService('com.vmware.content.library.subscribed_item', {
  evict(call, { library_item_id }) {
    const { item, library } = requireSubscribed(call, library_item_id)
    if (!library.subscription?.onDemand)
      throw new VapiError('INVALID_ELEMENT_CONFIGURATION', [told('on_demand_only', library_item_id)])
    call.transact((ctx) => evictItem(ctx, item))
  },

  sync(call, { library_item_id, force_sync_content }) {
    const { item, library } = requireSubscribed(call, library_item_id)
    const source = publisherOf(call.read, library) && sourceItem(call.read, item)
    if (!source) throw notNow('no_source_library', library.subscription?.url ?? '')
    const content = force_sync_content || library.subscription?.onDemand === false
    call.transact((ctx) => syncItem(ctx, library, source, content))
  },
})

function requireSubscribed(
  call: ServiceCall,
  id: string,
): { readonly item: LibraryItem; readonly library: Library } {
  const item = requireItem(call.read, id)
  const library = requireLibrary(call.read, item.library)
  if (library.type !== 'SUBSCRIBED') throw wrongKind('not_subscribed_library', library.id)
  return { item, library }
}
