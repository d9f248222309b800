import type { Reader } from '#inventory/reader.js'
import type { VapiStdDynamicID } from '#vapi/generated/types.js'
import { isA } from '#vim25/schema.js'
import { itemKey, libraries, libraryItems, libraryKey } from '../content-library/records.js'

/** What can carry tags beside the inventory, by the type that clients name. */
const RECORDS: Readonly<Record<string, (read: Reader, id: string) => object | undefined>> = {
  'com.vmware.content.Library': (read, id) => read.find(libraries, libraryKey(id)),
  'com.vmware.content.library.Item': (read, id) => read.find(libraryItems, itemKey(id)),
}

/** The type of an object that can carry tags, as tags know it; undefined when there is no such object of that type. */
export function taggable(read: Reader, { type, id }: VapiStdDynamicID): string | undefined {
  const record = RECORDS[type]
  if (record) return record(read, id) && type
  const entity = read.entity(id)
  if (!entity?.ref || !isA(entity.type, 'ManagedEntity')) return undefined
  return entity.type === type || isA(entity.type, type) ? entity.type : undefined
}
