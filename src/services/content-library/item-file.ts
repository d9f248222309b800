import type { ContentLibraryItemFileInfo } from '#vapi/generated/types.js'
import { contentService } from './content-service.js'
import { notFound } from './errors.js'
import { filesOf } from './items.js'
import type { LibraryFile } from './records.js'

export const itemFile = contentService('com.vmware.content.library.item.file', {
  list: ({ read }, { library_item_id }) => filesOf(read, library_item_id).map(fileInfo),

  get({ read }, { library_item_id, name }) {
    const file = filesOf(read, library_item_id).find((each) => each.name === name)
    if (!file) throw notFound('file_not_found', library_item_id, name)
    return fileInfo(file)
  },
})

/** What the API tells of every file of an item. */
export function fileInfo({ name, size, cached, version, checksum }: LibraryFile): ContentLibraryItemFileInfo {
  return { name, size, cached, version: String(version), checksum_info: checksum }
}
