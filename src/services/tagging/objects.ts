import type { Reader } from '#inventory/reader.js'
import type { VapiStdDynamicID } from '#vapi/generated/types.js'
import { isA } from '#vim25/schema.js'

/** The type of an object that can carry tags, as tags know it; undefined when there is no such object of that type. */
export function taggable(read: Reader, { type, id }: VapiStdDynamicID): string | undefined {
  const entity = read.entity(id)
  if (!entity?.ref || !isA(entity.type, 'ManagedEntity')) return undefined
  return entity.type === type || isA(entity.type, type) ? entity.type : undefined
}
