import type { ContentLibraryItemStorageInfo } from '#vapi/generated/types.js'
import type { ServiceCall } from '../core/call.js'
import { contentService } from './content-service.js'
import { notFound } from './errors.js'
import { fileInfo } from './item-file.js'
import { requireItem } from './items.js'
import { requireLibrary } from './libraries.js'
import { storageUri } from './storage.js'

/** Where the files of items lie; those that are not cached lie nowhere. */
export const itemStorage = contentService('com.vmware.content.library.item.storage', {
  list: (call, { library_item_id }) => storagesOf(call, library_item_id),

  get(call, { library_item_id, file_name }) {
    const found = storagesOf(call, library_item_id).filter(({ name }) => name === file_name)
    if (found.length === 0) throw notFound('file_not_found', library_item_id, file_name)
    return found
  },
})

function storagesOf({ read, sandbox }: ServiceCall, id: string): readonly ContentLibraryItemStorageInfo[] {
  const item = requireItem(read, id)
  const library = requireLibrary(read, item.library)
  const { instanceUuid } = sandbox.services.identity
  return item.files.map((file) => ({
    ...fileInfo(file),
    storage_backing: library.backing,
    storage_uris: file.cached ? [storageUri(read, library, item, file, instanceUuid)] : [],
  }))
}
