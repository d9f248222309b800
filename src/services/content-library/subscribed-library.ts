import { VapiError } from '#vapi/error.js'
import type { ContentLibrarySubscriptionInfo } from '#vapi/generated/types.js'
import { later } from '#vsphere/core/context.js'
import type { ServiceCall } from '../core/call.js'
import { changeLibrary } from './change-library.js'
import { madeBefore, tokenOf } from './client-token.js'
import { contentService } from './content-service.js'
import { invalid, notNow, told } from './errors.js'
import { itemsOf } from './items.js'
import { allLibraries, createLibrary, libraryModel, removeLibrary, requireLibraryOf } from './libraries.js'
import { checkBacking, checkDescription, checkName } from './library-spec.js'
import { probe } from './probe.js'
import { libraries, type Subscription } from './records.js'
import { SYNC_SECONDS } from './subscribers.js'
import { evictItem, publisherOf, SYNC, scheduleAutomaticSync } from './sync.js'
import { publishUrl } from './urls.js'

export const subscribedLibrary = contentService('com.vmware.content.subscribed_library', {
  /** Syncs at once; an address that is not of this server is RESOURCE_INACCESSIBLE. */
  create(call, { client_token, create_spec: spec }) {
    const before = madeBefore(call, libraries, client_token)
    if (before !== undefined) return before
    if (spec.type === 'LOCAL') throw invalid('field_invalid', 'type', 'LOCAL')
    if (spec.publish_info) throw invalid('field_invalid', 'publish_info', 'set for a subscribed library')
    const made = {
      type: 'SUBSCRIBED',
      name: checkName(spec.name),
      description: checkDescription(spec.description),
      backing: checkBacking(call, spec.storage_backings),
      optimizeRemotePublishing: false,
      subscription: checkSubscription(call, spec.subscription_info, undefined),
      securityPolicy: spec.security_policy_id,
      clientToken: tokenOf(call, client_token),
    } as const
    return call.transact((ctx) => {
      const { id } = createLibrary(ctx, made)
      later(ctx, SYNC_SECONDS, SYNC, { library: id })
      if (made.subscription.automaticSync) scheduleAutomaticSync(ctx, id)
      return id
    })
  },

  get: (call, { library_id }) => libraryModel(call, requireLibraryOf(call.read, library_id, 'SUBSCRIBED')),

  list: ({ read }) => allLibraries(read, 'SUBSCRIBED').map(({ id }) => id),

  update(call, { library_id, update_spec: spec }) {
    const present = requireLibraryOf(call.read, library_id, 'SUBSCRIBED')
    const subscription = spec.subscription_info
      ? checkSubscription(call, spec.subscription_info, present.subscription)
      : present.subscription
    changeLibrary(call, present, spec, 'CONCURRENT_CHANGE', { subscription })
    if (subscription?.automaticSync && !present.subscription?.automaticSync)
      call.transact((ctx) => scheduleAutomaticSync(ctx, library_id))
  },

  delete(call, { library_id }) {
    const present = requireLibraryOf(call.read, library_id, 'SUBSCRIBED')
    call.transact((ctx) => removeLibrary(ctx, present))
  },

  sync(call, { library_id }) {
    const present = requireLibraryOf(call.read, library_id, 'SUBSCRIBED')
    if (!publisherOf(call.read, present))
      throw new VapiError('RESOURCE_INACCESSIBLE', [
        told('no_source_library', present.subscription?.url ?? ''),
      ])
    call.transact((ctx) => later(ctx, SYNC_SECONDS, SYNC, { library: library_id }))
  },

  /** Only on-demand libraries let go of their bytes. */
  evict(call, { library_id }) {
    const present = requireLibraryOf(call.read, library_id, 'SUBSCRIBED')
    if (!present.subscription?.onDemand) throw notNow('on_demand_only', library_id)
    call.transact((ctx) => {
      for (const item of itemsOf(ctx.tx, library_id)) evictItem(ctx, item)
    })
  },

  probe(call, { subscription_info }) {
    const { status, error } = probe(call, subscription_info)
    return { status, error_messages: error ? [error] : [] }
  },
})

/** What is not said stays as it is; what is said must lead to a published library. */
function checkSubscription(
  call: ServiceCall,
  info: ContentLibrarySubscriptionInfo | undefined,
  present: Subscription | undefined,
): Subscription {
  const source = info?.source_info?.source_library
  const url = info?.subscription_url ?? (source && publishUrl(call, source)) ?? present?.url
  if (!info || url === undefined) throw invalid('field_required', 'subscription_url')
  const onDemand = info.on_demand ?? present?.onDemand
  const automaticSync = info.automatic_sync_enabled ?? present?.automaticSync
  if (onDemand === undefined) throw invalid('field_required', 'on_demand')
  if (automaticSync === undefined) throw invalid('field_required', 'automatic_sync_enabled')
  const authentication = info.authentication_method ?? present?.authentication ?? 'NONE'
  const basic = authentication === 'BASIC'
  const subscription: Subscription = {
    url,
    authentication,
    userName: basic ? (info.user_name ?? present?.userName ?? 'vcsp') : undefined,
    password: basic ? (info.password ?? present?.password) : undefined,
    thumbprint: info.ssl_thumbprint ?? present?.thumbprint,
    automaticSync,
    onDemand,
  }
  const { userName, password } = subscription
  const { status, error } = probe(call, { subscription_url: url, user_name: userName, password })
  if (status === 'SUCCESS') return subscription
  const type = ['INVALID_URL', 'INVALID_CREDENTIALS'].includes(status)
    ? 'INVALID_ARGUMENT'
    : 'RESOURCE_INACCESSIBLE'
  throw new VapiError(type, error ? [error] : [])
}
