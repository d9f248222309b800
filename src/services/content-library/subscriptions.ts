import { VapiError } from '#vapi/error.js'
import type { ContentLibrarySubscriptionsCreateSpecSubscribedLibrary } from '#vapi/generated/types.js'
import { type Context, later } from '#vsphere/core/context.js'
import type { ServiceCall } from '../core/call.js'
import { madeBefore, tokenOf } from './client-token.js'
import { contentService } from './content-service.js'
import { invalid, notNow, told } from './errors.js'
import { createLibrary, findLibrary, requireLibrary, requireLibraryOf } from './libraries.js'
import { checkBacking, checkDescription, checkName } from './library-spec.js'
import { type Library, librarySubscriptions, subscriptionKey } from './records.js'
import { requireSubscription, SYNC_SECONDS, subscriptionsOf } from './subscribers.js'
import { SYNC, scheduleAutomaticSync } from './sync.js'
import { publishUrl } from './urls.js'

/** To whom a published library pushes its items: libraries of this server; others are not reached (deviation 74). */
export const subscriptions = contentService('com.vmware.content.library.subscriptions', {
  create(call, { client_token, library, spec: { subscribed_library: spec } }) {
    const before = madeBefore(call, librarySubscriptions, client_token)
    if (before !== undefined) return before
    const publisher = requirePublished(call, library)
    if (spec.location === 'REMOTE') {
      const host = spec.vcenter?.hostname ?? ''
      throw new VapiError('RESOURCE_INACCESSIBLE', [
        told('http_request_error', `${host}: this server makes no requests to other hosts.`),
      ])
    }
    const subscribe = subscriberFor(call, publisher, spec)
    return call.transact((ctx) => {
      const id = ctx.services.random.uuid('', 'librarySubscription', ctx.tx.next('librarySubscription'))
      const subscriber = subscribe(ctx)
      const clientToken = tokenOf(call, client_token)
      const made = { id, library, subscriber, placement: spec.placement ?? {}, clientToken }
      ctx.tx.create(librarySubscriptions, subscriptionKey(id), made)
      later(ctx, SYNC_SECONDS, SYNC, { library: subscriber })
      return id
    })
  },

  list: (call, { library }) =>
    subscriptionsOf(call.read, requirePublished(call, library).id).map(({ id, subscriber }) => ({
      subscription: id,
      subscribed_library: subscriber,
      subscribed_library_name: requireLibrary(call.read, subscriber).name,
    })),

  get(call, { library, subscription }) {
    requirePublished(call, library)
    const { subscriber, placement } = requireSubscription(call.read, library, subscription)
    return {
      subscribed_library: subscriber,
      subscribed_library_name: requireLibrary(call.read, subscriber).name,
      subscribed_library_location: 'LOCAL' as const,
      subscribed_library_placement: placement,
    }
  },

  update(call, { library, subscription, spec }) {
    requirePublished(call, library)
    const { placement } = requireSubscription(call.read, library, subscription)
    if (spec.subscribed_library_vcenter)
      throw invalid('field_invalid', 'subscribed_library_vcenter', 'set for a local one')
    const wanted = spec.subscribed_library_placement
    if (!wanted) return
    call.transact((ctx) =>
      ctx.tx.set(librarySubscriptions, subscriptionKey(subscription), {
        placement: { ...placement, ...wanted },
      }),
    )
  },

  /** The subscribed library stays. */
  delete(call, { library, subscription }) {
    requirePublished(call, library)
    requireSubscription(call.read, library, subscription)
    call.transact((ctx) => ctx.tx.remove(subscriptionKey(subscription)))
  },
})

function requirePublished(call: ServiceCall, id: string): Library {
  const library = requireLibraryOf(call.read, id, 'LOCAL')
  if (!library.publication?.published) throw notNow('not_published', id)
  return library
}

/** What makes, or finds, the library that subscribes. */
function subscriberFor(
  call: ServiceCall,
  publisher: Library,
  spec: ContentLibrarySubscriptionsCreateSpecSubscribedLibrary,
): (ctx: Context) => string {
  if (spec.target === 'USE_EXISTING') {
    const id = spec.subscribed_library
    if (id === undefined) throw invalid('field_required', 'subscribed_library')
    if (findLibrary(call.read, id)?.type !== 'SUBSCRIBED') throw invalid('not_subscribed_library', id)
    if (subscriptionsOf(call.read, publisher.id).some(({ subscriber }) => subscriber === id))
      throw new VapiError('ALREADY_EXISTS', [told('subscriber_exists', publisher.id, id)])
    return () => id
  }
  const wanted = spec.new_subscribed_library
  if (!wanted) throw invalid('field_required', 'new_subscribed_library')
  const made = {
    type: 'SUBSCRIBED',
    name: checkName(wanted.name),
    description: checkDescription(wanted.description),
    backing: checkBacking(call, wanted.storage_backings),
    optimizeRemotePublishing: false,
    subscription: {
      url: publishUrl(call, publisher.id),
      authentication: publisher.publication?.authentication ?? 'NONE',
      userName: publisher.publication?.authentication === 'BASIC' ? 'vcsp' : undefined,
      password: publisher.publication?.password,
      automaticSync: wanted.automatic_sync_enabled,
      onDemand: wanted.on_demand,
    },
  } as const
  return (ctx) => {
    const { id } = createLibrary(ctx, made)
    if (made.subscription.automaticSync) scheduleAutomaticSync(ctx, id)
    return id
  }
}
