import type { Reader } from '#inventory/reader.js'
import { later } from '#vsphere/core/context.js'
import type { ServiceCall } from '../core/call.js'
import { invalid, notFound } from './errors.js'
import {
  type Library,
  type LibrarySubscription,
  librarySubscriptions,
  subscriptionKey,
  subscriptionsByLibrary,
} from './records.js'
import { SYNC } from './sync.js'

/** The subscriptions of a published library, in order of creation. */
export function subscriptionsOf(read: Reader, library: string): readonly LibrarySubscription[] {
  return read.lookup(subscriptionsByLibrary, library).map((key) => read.get(librarySubscriptions, key))
}

/** Throws NOT_FOUND. */
export function requireSubscription(read: Reader, library: string, id: string): LibrarySubscription {
  const subscription = read.find(librarySubscriptions, subscriptionKey(id))
  if (subscription?.library !== library) throw notFound('subscription_not_found', library, id)
  return subscription
}

/** Pushes a library's items to the subscriptions named, or to all. Throws INVALID_ARGUMENT for one that it does not have. */
export function publishTo(
  call: ServiceCall,
  { id }: Library,
  wanted: readonly { readonly subscription: string }[] | undefined,
): void {
  const all = subscriptionsOf(call.read, id)
  const chosen = wanted?.map(({ subscription }) => {
    const found = all.find((each) => each.id === subscription)
    if (!found) throw invalid('subscription_not_found', id, subscription)
    return found
  })
  call.transact((ctx) => {
    for (const { subscriber } of chosen ?? all) later(ctx, SYNC_SECONDS, SYNC, { library: subscriber })
  })
}

/** How long a synchronisation takes, bytes aside. */
export const SYNC_SECONDS = 3
