import { service } from '../core/service.js'
import { maySeeTags, requireCategory, requireRight } from './access.js'
import { distinct, removeCategory } from './change.js'
import { alreadyExists, invalidArgument } from './errors.js'
import { categories, categoryByUser, categoryNamed } from './records.js'
import { checkName, checkUpdate } from './rules.js'
import { isUrn, newUrn } from './urn.js'

/** Categories of tags: who may have how many of them (rest-wire 2.3). */
export const category = service('com.vmware.cis.tagging.category', {
  create(call, { create_spec: spec }) {
    requireRight(call, 'CreateCategory')
    checkName(spec.name)
    const wanted = spec.category_id
    if (wanted !== undefined && !isUrn(wanted, 'InventoryServiceCategory'))
      throw invalidArgument('category_id', `${wanted} is no identifier of a category`)
    if (wanted !== undefined && call.read.entity(wanted)) throw alreadyExists('Category', wanted)
    if (categoryNamed(call.read, spec.name) !== undefined) throw alreadyExists('Category', spec.name)
    return call.transact((ctx) => {
      const id = wanted ?? newUrn(ctx, 'InventoryServiceCategory')
      ctx.tx.create(categories, id, {
        name: spec.name,
        description: spec.description,
        cardinality: spec.cardinality,
        associableTypes: distinct(spec.associable_types),
        usedBy: distinct([]),
      })
      return id
    })
  },

  get(call, { category_id: id }) {
    const { name, description, cardinality, associableTypes, usedBy } = requireCategory(call, id)
    return { id, name, description, cardinality, associable_types: associableTypes, used_by: usedBy }
  },

  /** Members that are not in the spec stay as they are. */
  update(call, { category_id: id, update_spec: spec }) {
    const present = requireCategory(call, id)
    requireRight(call, 'EditCategory')
    checkUpdate(present, spec)
    const { name = present.name } = spec
    if (name !== present.name && categoryNamed(call.read, name) !== undefined)
      throw alreadyExists('Category', name)
    call.transact(({ tx }) =>
      tx.set(categories, id, {
        name,
        description: spec.description ?? present.description,
        cardinality: spec.cardinality ?? present.cardinality,
        associableTypes: distinct(spec.associable_types ?? present.associableTypes),
      }),
    )
  },

  /** Its tags go with it, and are on no object any more. */
  delete(call, { category_id: id }) {
    requireCategory(call, id)
    requireRight(call, 'DeleteCategory')
    call.transact((ctx) => removeCategory(ctx, id))
  },

  list: (call) => (maySeeTags(call) ? [...call.read.ids(categories)] : []),

  list_used_categories: (call, { used_by_entity: user }) =>
    maySeeTags(call) ? call.read.lookup(categoryByUser, user) : [],

  add_to_used_by(call, { category_id: id, used_by_entity: user }) {
    requireCategory(call, id)
    requireRight(call, 'ModifyUsedByForCategory')
    call.transact(({ tx }) =>
      tx.update(categories, id, ({ usedBy }) => ({ usedBy: distinct([...usedBy, user]) })),
    )
  },

  remove_from_used_by(call, { category_id: id, used_by_entity: user }) {
    requireCategory(call, id)
    requireRight(call, 'ModifyUsedByForCategory')
    call.transact(({ tx }) =>
      tx.update(categories, id, ({ usedBy }) => ({ usedBy: distinct(usedBy.filter((one) => one !== user)) })),
    )
  },

  /** Nobody can be granted anything on a category here, so there is nothing to take back (deviation 57). */
  revoke_propagating_permissions(call, { category_id: id }) {
    requireCategory(call, id)
    requireRight(call, 'EditCategory')
  },
})
