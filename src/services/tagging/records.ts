import { recordKind } from '#inventory/entity.js'
import { index } from '#inventory/indexes.js'
import type { Reader } from '#inventory/reader.js'
import type { CisTaggingCategoryModelCardinality, VapiStdDynamicID } from '#vapi/generated/types.js'

/** A category of tags; the record's id is the category's URN. */
export interface Category {
  readonly name: string
  readonly description: string
  readonly cardinality: CisTaggingCategoryModelCardinality
  /** Types of objects that its tags fit; none: all types. */
  readonly associableTypes: readonly string[]
  readonly usedBy: readonly string[]
}

/** A tag; the record's id is its URN. */
export interface Tag {
  readonly name: string
  readonly description: string
  readonly category: string
  readonly usedBy: readonly string[]
}

/** That a tag is on an object. It outlives the object until `sweep`, so readers look at objects that are there only. */
export interface Association {
  readonly tag: string
  readonly object: VapiStdDynamicID
}

export const categories = recordKind<Category>('tagCategory')
export const tags = recordKind<Tag>('tag')
export const associations = recordKind<Association>('tagAssociation')

export const associationId = (tag: string, object: string) => `tagAssociation:${tag}/${object}`

export const categoryByName = index<Category>({
  name: 'tagCategory.name',
  type: categories.kind,
  inputs: ['name'],
  keys: ({ name }) => [name],
})

export const tagByCategory = index<Tag>({
  name: 'tag.category',
  type: tags.kind,
  inputs: ['category'],
  keys: ({ category }) => [category],
})

const named = (category: string, name: string) => `${category}\0${name}`

export const tagByName = index<Tag>({
  name: 'tag.name',
  type: tags.kind,
  inputs: ['category', 'name'],
  keys: ({ category, name }) => [named(category, name)],
})

export const associationByTag = index<Association>({
  name: 'tagAssociation.tag',
  type: associations.kind,
  inputs: ['tag'],
  keys: ({ tag }) => [tag],
})

export const associationByObject = index<Association>({
  name: 'tagAssociation.object',
  type: associations.kind,
  inputs: ['object'],
  keys: ({ object }) => [object.id],
})

/** Users of a tag or a category (`used_by`), by kind of record. */
export const categoryByUser = usedBy(categories.kind)
export const tagByUser = usedBy(tags.kind)

function usedBy(kind: string) {
  return index<Pick<Tag, 'usedBy'>>({
    name: `${kind}.usedBy`,
    type: kind,
    inputs: ['usedBy'],
    keys: ({ usedBy }) => usedBy,
  })
}

export const categoryNamed = (read: Reader, name: string): string | undefined =>
  read.lookup(categoryByName, name)[0]

export const tagNamed = (read: Reader, category: string, name: string): string | undefined =>
  read.lookup(tagByName, named(category, name))[0]

/** The tags that are on an object, in the order in which they were attached. */
export function tagsOn(read: Reader, object: string): readonly string[] {
  return read.lookup(associationByObject, object).map((id) => read.get(associations, id).tag)
}
