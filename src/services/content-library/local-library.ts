import { changeLibrary } from './change-library.js'
import { madeBefore, tokenOf } from './client-token.js'
import { contentService } from './content-service.js'
import { invalid, notNow } from './errors.js'
import { itemsOf } from './items.js'
import {
  allLibraries,
  createLibrary,
  findLibrary,
  libraryModel,
  removeLibrary,
  requireLibraryOf,
} from './libraries.js'
import { checkBacking, checkDescription, checkName, checkPublication } from './library-spec.js'
import { libraries } from './records.js'
import { publishTo } from './subscribers.js'
import { destroyTemplates } from './templates.js'

export const localLibrary = contentService('com.vmware.content.local_library', {
  create(call, { client_token, create_spec: spec }) {
    const before = madeBefore(call, libraries, client_token)
    if (before !== undefined) return before
    if (spec.type === 'SUBSCRIBED') throw invalid('field_invalid', 'type', 'SUBSCRIBED')
    if (spec.subscription_info) throw invalid('field_invalid', 'subscription_info', 'set for a local library')
    const made = {
      type: 'LOCAL',
      name: checkName(spec.name),
      description: checkDescription(spec.description),
      backing: checkBacking(call, spec.storage_backings),
      optimizeRemotePublishing: spec.optimization_info?.optimize_remote_publishing ?? false,
      publication: checkPublication(spec.publish_info, undefined),
      securityPolicy: spec.security_policy_id,
      clientToken: tokenOf(call, client_token),
    } as const
    return call.transact((ctx) => createLibrary(ctx, made).id)
  },

  get: (call, { library_id }) => libraryModel(call, requireLibraryOf(call.read, library_id, 'LOCAL')),

  list: ({ read }) => allLibraries(read, 'LOCAL').map(({ id }) => id),

  update(call, { library_id, update_spec: spec }) {
    const present = requireLibraryOf(call.read, library_id, 'LOCAL')
    const optimized = spec.optimization_info?.optimize_remote_publishing
    if (present.optimizeRemotePublishing && optimized === false)
      throw invalid('field_fixed', 'optimization_info')
    changeLibrary(call, present, spec, 'CONCURRENT_CHANGE', {
      publication: checkPublication(spec.publish_info, present.publication),
      ...(optimized !== undefined && { optimizeRemotePublishing: optimized }),
    })
  },

  /** With everything in it, also on the datastore. */
  async delete(call, { library_id }) {
    const present = requireLibraryOf(call.read, library_id, 'LOCAL')
    await destroyTemplates(call, itemsOf(call.read, library_id))
    call.transact((ctx) => {
      if (findLibrary(ctx.tx, library_id)) removeLibrary(ctx, present)
    })
  },

  /** Pushes all items to the subscriptions named, or to all. */
  publish(call, { library_id, subscriptions }) {
    const present = requireLibraryOf(call.read, library_id, 'LOCAL')
    if (!present.publication?.published) throw notNow('not_published', library_id)
    publishTo(call, present, subscriptions)
  },
})
