import { moRef } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import type { VapiStdDynamicID } from '#vapi/generated/types.js'
import { hasPrivilege, requirePrivilege } from '#vsphere/authorization/check.js'
import type { ServiceCall } from '../core/call.js'
import { noSuchTag } from './errors.js'
import { type Category, categories, type Tag, tags } from './records.js'

/** Tags and categories belong to the whole vCenter: rights at its root count (deviation 57). */
const ROOT = moRef('Folder', 'group-d1')

type TaggingRight =
  | 'AttachTag'
  | 'CreateCategory'
  | 'CreateTag'
  | 'DeleteCategory'
  | 'DeleteTag'
  | 'EditCategory'
  | 'EditTag'
  | 'ModifyUsedByForCategory'
  | 'ModifyUsedByForTag'

/** Throws NoPermission (UNAUTHORIZED) unless the caller may do this to tags, or to an object. */
export function requireRight(call: ServiceCall, right: TaggingRight, object?: VapiStdDynamicID): void {
  const found = object && call.read.entity(object.id)
  requirePrivilege(call.read, call.session, found?.ref ?? ROOT, `InventoryService.Tagging.${right}`)
}

export const maySeeTags = ({ read, session }: ServiceCall): boolean =>
  hasPrivilege(read, session, ROOT.value, 'System.Read')

export const maySee = ({ read, session }: ServiceCall, { id }: VapiStdDynamicID): boolean =>
  hasPrivilege(read, session, read.entity(id)?.ref ? id : ROOT.value, 'System.Read')

/** A category that is there and may be seen; else NOT_FOUND or UNAUTHORIZED. */
export function requireCategory(call: ServiceCall, id: string): Category {
  requirePrivilege(call.read, call.session, ROOT, 'System.Read')
  return present(call.read, id)
}

function present(read: Reader, id: string): Category {
  const category = read.find(categories, id)
  if (!category) throw noSuchTag(id)
  return category
}

/** A tag that is there and may be seen; else NOT_FOUND or UNAUTHORIZED. */
export function requireTag(call: ServiceCall, id: string): Tag {
  requirePrivilege(call.read, call.session, ROOT, 'System.Read')
  const tag = call.read.find(tags, id)
  if (!tag) throw noSuchTag(id)
  return tag
}
