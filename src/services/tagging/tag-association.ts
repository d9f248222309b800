import { type LocalizableMessage, VapiError } from '#vapi/error.js'
import type { CisTaggingTagAssociationBatchResult, VapiStdDynamicID } from '#vapi/generated/types.js'
import { VimFault } from '#vim25/fault.js'
import type { Context } from '#vsphere/core/context.js'
import type { ServiceCall } from '../core/call.js'
import { cause } from '../core/cause.js'
import { service } from '../core/service.js'
import { maySee, maySeeTags, requireRight, requireTag } from './access.js'
import { attach, detach } from './change.js'
import { notFound } from './errors.js'
import { taggable } from './objects.js'
import { associationByTag, associations, tags, tagsOn } from './records.js'
import { obstacle } from './rules.js'

/** What tags are on what objects (rest-wire 2.3). Each step of a batch stands for itself: what can be done is. */
export const tagAssociation = service('com.vmware.cis.tagging.tag_association', {
  /** A tag that is there already stays there. */
  attach(call, { tag_id: tag, object_id: object }) {
    requireTag(call, tag)
    requireRight(call, 'AttachTag', object)
    const problem = obstacle(call.read, tag, object)
    if (problem) throw new VapiError('INVALID_ARGUMENT', [problem])
    call.transact((ctx) => attach(ctx, tag, object))
  },

  attach_multiple_tags_to_object(call, { object_id: object, tag_ids }) {
    requireRight(call, 'AttachTag', object)
    return batch(call, tag_ids, (ctx, tag) => tryToAttach(ctx, tag, object))
  },

  attach_tag_to_multiple_objects(call, { tag_id: tag, object_ids }) {
    requireTag(call, tag)
    return batch(call, object_ids, (ctx, object) => {
      requireRight(call, 'AttachTag', object)
      return tryToAttach(ctx, tag, object)
    })
  },

  /** A tag that is not there stays away. */
  detach(call, { tag_id: tag, object_id: object }) {
    requireTag(call, tag)
    requireRight(call, 'AttachTag', object)
    call.transact((ctx) => detach(ctx, tag, object))
  },

  detach_multiple_tags_from_object(call, { object_id: object, tag_ids }) {
    requireRight(call, 'AttachTag', object)
    return batch(call, tag_ids, (ctx, tag) => {
      if (!ctx.tx.find(tags, tag)) return notFound(tag)
      detach(ctx, tag, object)
      return undefined
    })
  },

  detach_tag_from_multiple_objects(call, { tag_id: tag, object_ids }) {
    requireTag(call, tag)
    return batch(call, object_ids, (ctx, object) => {
      requireRight(call, 'AttachTag', object)
      detach(ctx, tag, object)
      return undefined
    })
  },

  list_attached_objects(call, { tag_id: tag }) {
    requireTag(call, tag)
    return objectsWith(call, tag)
  },

  /** Tags that are not there are passed over, here and below. */
  list_attached_objects_on_tags(call, { tag_ids }) {
    if (!maySeeTags(call)) return []
    return [...new Set(tag_ids)]
      .filter((tag) => call.read.find(tags, tag))
      .map((tag) => ({ tag_id: tag, object_ids: objectsWith(call, tag) }))
  },

  list_attached_tags: (call, { object_id: object }) => visibleTags(call, object),

  list_attached_tags_on_objects(call, { object_ids }) {
    const known = new Map(object_ids.map((object) => [`${object.type}\0${object.id}`, object]))
    return [...known.values()]
      .filter((object) => maySee(call, object) && taggable(call.read, object) !== undefined)
      .map((object) => ({ object_id: object, tag_ids: visibleTags(call, object) }))
  },

  /** Those that could be put on the object beside what it has. */
  list_attachable_tags(call, { object_id: object }) {
    if (!maySeeTags(call)) return []
    const present = new Set(tagsOn(call.read, object.id))
    return [...call.read.ids(tags)].filter(
      (tag) => !present.has(tag) && obstacle(call.read, tag, object) === undefined,
    )
  },
})

function objectsWith(call: ServiceCall, tag: string): readonly VapiStdDynamicID[] {
  return call.read
    .lookup(associationByTag, tag)
    .map((id) => call.read.get(associations, id).object)
    .filter((object) => taggable(call.read, object) !== undefined && maySee(call, object))
}

function visibleTags(call: ServiceCall, object: VapiStdDynamicID): readonly string[] {
  if (!maySeeTags(call) || !maySee(call, object) || taggable(call.read, object) === undefined) return []
  return tagsOn(call.read, object.id)
}

function tryToAttach(ctx: Context, tag: string, object: VapiStdDynamicID): LocalizableMessage | undefined {
  if (!ctx.tx.find(tags, tag)) return notFound(tag)
  const problem = obstacle(ctx.tx, tag, object)
  if (!problem) attach(ctx, tag, object)
  return problem
}

/** One commit for all; a step tells what it could not do. */
function batch<T>(
  call: ServiceCall,
  items: readonly T[],
  step: (ctx: Context, item: T) => LocalizableMessage | undefined,
): CisTaggingTagAssociationBatchResult {
  const error_messages = call.transact((ctx) => items.flatMap((item) => attempt(() => step(ctx, item))))
  return { success: error_messages.length === 0, error_messages }
}

function attempt(step: () => LocalizableMessage | undefined): readonly LocalizableMessage[] {
  try {
    const problem = step()
    return problem ? [problem] : []
  } catch (error) {
    if (!(error instanceof VimFault)) throw error
    return [cause(error)]
  }
}
