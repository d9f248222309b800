import { service } from '../core/service.js'
import { maySeeTags, requireCategory, requireRight, requireTag } from './access.js'
import { distinct, removeTag } from './change.js'
import { alreadyExists, invalidArgument } from './errors.js'
import { tagByCategory, tagByUser, tagNamed, tags } from './records.js'
import { checkName } from './rules.js'
import { isUrn, newUrn } from './urn.js'

/** Tags, each of one category for good (rest-wire 2.3). */
export const tag = service('com.vmware.cis.tagging.tag', {
  create(call, { create_spec: spec }) {
    requireCategory(call, spec.category_id)
    requireRight(call, 'CreateTag')
    checkName(spec.name)
    const wanted = spec.tag_id
    if (wanted !== undefined && !isUrn(wanted, 'InventoryServiceTag'))
      throw invalidArgument('tag_id', `${wanted} is no identifier of a tag`)
    if (wanted !== undefined && call.read.entity(wanted)) throw alreadyExists('Tag', wanted)
    if (tagNamed(call.read, spec.category_id, spec.name) !== undefined) throw alreadyExists('Tag', spec.name)
    return call.transact((ctx) => {
      const id = wanted ?? newUrn(ctx, 'InventoryServiceTag')
      ctx.tx.create(tags, id, {
        name: spec.name,
        description: spec.description,
        category: spec.category_id,
        usedBy: distinct([]),
      })
      return id
    })
  },

  get(call, { tag_id: id }) {
    const { category, name, description, usedBy } = requireTag(call, id)
    return { id, category_id: category, name, description, used_by: usedBy }
  },

  /** Members that are not in the spec stay as they are. */
  update(call, { tag_id: id, update_spec: spec }) {
    const present = requireTag(call, id)
    requireRight(call, 'EditTag')
    const { name = present.name, description = present.description } = spec
    checkName(name)
    if (name !== present.name && tagNamed(call.read, present.category, name) !== undefined)
      throw alreadyExists('Tag', name)
    call.transact(({ tx }) => tx.set(tags, id, { name, description }))
  },

  /** It is on no object any more. */
  delete(call, { tag_id: id }) {
    requireTag(call, id)
    requireRight(call, 'DeleteTag')
    call.transact((ctx) => removeTag(ctx, id))
  },

  list: (call) => (maySeeTags(call) ? [...call.read.ids(tags)] : []),

  list_used_tags: (call, { used_by_entity: user }) =>
    maySeeTags(call) ? call.read.lookup(tagByUser, user) : [],

  list_tags_for_category(call, { category_id: id }) {
    requireCategory(call, id)
    return call.read.lookup(tagByCategory, id)
  },

  add_to_used_by(call, { tag_id: id, used_by_entity: user }) {
    requireTag(call, id)
    requireRight(call, 'ModifyUsedByForTag')
    call.transact(({ tx }) => tx.update(tags, id, ({ usedBy }) => ({ usedBy: distinct([...usedBy, user]) })))
  },

  remove_from_used_by(call, { tag_id: id, used_by_entity: user }) {
    requireTag(call, id)
    requireRight(call, 'ModifyUsedByForTag')
    call.transact(({ tx }) =>
      tx.update(tags, id, ({ usedBy }) => ({ usedBy: distinct(usedBy.filter((one) => one !== user)) })),
    )
  },

  /** Nobody can be granted anything on a tag here, so there is nothing to take back (deviation 57). */
  revoke_propagating_permissions(call, { tag_id: id }) {
    requireTag(call, id)
    requireRight(call, 'EditTag')
  },
})
