import type { Reader } from '#inventory/reader.js'
import type { VapiStdDynamicID } from '#vapi/generated/types.js'
import { isA } from '#vim25/schema.js'

/** Kinds of records that can carry tags, by the type that clients name; their ids begin with the kind. */
const RECORDS: Readonly<Record<string, string>> = {
  'com.vmware.content.Library': 'library',
  'com.vmware.content.library.Item': 'libraryItem',
}

/** The type of an object that can carry tags, as tags know it; undefined when there is no such object of that type. */
export function taggable(read: Reader, { type, id }: VapiStdDynamicID): string | undefined {
  const kind = RECORDS[type]
  if (kind !== undefined) return read.entity(`${kind}:${id}`)?.type === kind ? type : undefined
  const entity = read.entity(id)
  if (!entity?.ref || !isA(entity.type, 'ManagedEntity')) return undefined
  return entity.type === type || isA(entity.type, type) ? entity.type : undefined
}
