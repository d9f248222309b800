import type { Reader } from '#inventory/reader.js'
import type { LocalizableMessage } from '#vapi/error.js'
import type { CisTaggingCategoryUpdateSpec, VapiStdDynamicID } from '#vapi/generated/types.js'
import { invalid, invalidArgument, onlyOne, unfit } from './errors.js'
import { taggable } from './objects.js'
import { associationId, type Category, categories, tags, tagsOn } from './records.js'

/** Names of categories and tags (vSphere Tags and Attributes 8.0: at most 256 characters). */
const MOST = 256

/** Throws INVALID_ARGUMENT unless it can name a category or a tag. */
export function checkName(name: string): void {
  if (name.trim() === '') throw invalidArgument('name', 'it must not be empty')
  if (name.length > MOST) throw invalidArgument('name', `it must not be longer than ${MOST} characters`)
}

/**
 * Throws INVALID_ARGUMENT for what a category cannot become: from many tags per object to one, and less associable than it
 * was (vSphere Tags and Attributes 8.0, "Edit a Tag Category").
 */
export function checkUpdate(present: Category, spec: CisTaggingCategoryUpdateSpec): void {
  if (spec.name !== undefined) checkName(spec.name)
  if (present.cardinality === 'MULTIPLE' && spec.cardinality === 'SINGLE')
    throw invalidArgument('cardinality', 'objects may have several tags of the category already')
  const types = spec.associable_types
  if (!types || types.length === 0) return
  const lost = present.associableTypes.filter((type) => !types.includes(type))
  if (present.associableTypes.length === 0 || lost.length > 0)
    throw invalidArgument(
      'associable_types',
      lost.length > 0 ? `${lost.join(', ')} cannot be taken away` : 'the category is for all types already',
    )
}

/** How types are also written: with the namespace of the managed objects' model, or as the general switch. */
const plain = (type: string) =>
  type.replace(/^urn:vim25:/, '').replace(/^DistributedVirtualSwitch$/, 'VmwareDistributedVirtualSwitch')

const fitsType = ({ associableTypes }: Category, type: string): boolean =>
  associableTypes.length === 0 || associableTypes.some((fit) => plain(fit) === plain(type))

/** Why a tag cannot be put on an object; undefined when it can, or is there already. */
export function obstacle(
  read: Reader,
  tag: string,
  object: VapiStdDynamicID,
): LocalizableMessage | undefined {
  const type = taggable(read, object)
  if (type === undefined) return invalid('object_id', `there is no ${object.type} ${object.id}`)
  const { category: id } = read.get(tags, tag)
  const category = read.get(categories, id)
  if (!fitsType(category, type)) return unfit(tag, type)
  if (category.cardinality === 'MULTIPLE' || read.entity(associationId(tag, object.id))) return undefined
  const other = tagsOn(read, object.id).find((one) => read.get(tags, one).category === id)
  return other === undefined ? undefined : onlyOne(tag, object.id, other)
}
