import type { Reader } from '#inventory/reader.js'
import { timestamp } from '#ports/clock.js'
import type { ContentLibraryModel } from '#vapi/generated/types.js'
import type { Context } from '#vsphere/core/context.js'
import type { ServiceCall } from '../core/call.js'
import { notFound, wrongKind } from './errors.js'
import { itemsOf, removeItem } from './items.js'
import { type Library, libraries, libraryKey, librarySubscriptions } from './records.js'
import { clearStorage, prepareStorage } from './storage.js'
import { publishUrl } from './urls.js'

export function findLibrary(read: Reader, id: string): Library | undefined {
  return read.find(libraries, libraryKey(id))
}

/** Throws NOT_FOUND. */
export function requireLibrary(read: Reader, id: string): Library {
  const library = findLibrary(read, id)
  if (!library) throw notFound('library_not_found', id)
  return library
}

/** Throws NOT_FOUND, and INVALID_ELEMENT_TYPE for a library of the other type. */
export function requireLibraryOf(read: Reader, id: string, type: Library['type']): Library {
  const library = requireLibrary(read, id)
  if (library.type !== type)
    throw wrongKind(type === 'LOCAL' ? 'not_local_library' : 'not_subscribed_library', id)
  return library
}

/** All libraries, or those of a type, in order of creation. */
export function allLibraries(read: Reader, type?: Library['type']): readonly Library[] {
  const all = [...read.ids(libraries)].map((id) => read.get(libraries, id))
  return type ? all.filter((library) => library.type === type) : all
}

type NewLibrary = Omit<Library, 'id' | 'created' | 'modified' | 'version'>

/** A new, empty library with its directory. */
export function createLibrary(ctx: Context, spec: NewLibrary): Library {
  const id = ctx.services.random.uuid('', 'library', ctx.tx.next('library'))
  // Publishing sets the address in a second step: the version of a library that is born published is 2 (recorded).
  const version = spec.publication?.published ? 2 : 1
  const library: Library = { id, ...spec, created: ctx.now, modified: ctx.now, version }
  ctx.tx.create(libraries, libraryKey(id), library)
  prepareStorage(ctx, library)
  return library
}

/** Deletes a library with all its items, sessions and files. */
export function removeLibrary(ctx: Context, library: Library): void {
  for (const item of itemsOf(ctx.tx, library.id)) removeItem(ctx, item)
  clearStorage(ctx, library)
  for (const key of [...ctx.tx.ids(librarySubscriptions)]) {
    const { library: publisher, subscriber } = ctx.tx.get(librarySubscriptions, key)
    if (publisher === library.id || subscriber === library.id) ctx.tx.remove(key)
  }
  ctx.tx.remove(libraryKey(library.id))
}

/** A library as the API shows it; passwords never. */
export function libraryModel(call: ServiceCall, library: Library): ContentLibraryModel {
  const { id, type, name, description, created, modified, synced, version, backing } = library
  const { publication, subscription, securityPolicy } = library
  return {
    id,
    type,
    name,
    description,
    creation_time: timestamp(created),
    last_modified_time: timestamp(modified),
    last_sync_time: synced === undefined ? undefined : timestamp(synced),
    version: String(version),
    storage_backings: [backing],
    server_guid: call.sandbox.services.identity.instanceUuid,
    optimization_info: { optimize_remote_publishing: library.optimizeRemotePublishing },
    publish_info: publication && {
      authentication_method: publication.authentication,
      published: publication.published,
      publish_url: publication.published ? publishUrl(call, id) : undefined,
      user_name: 'vcsp',
      persist_json_enabled: publication.persistJson,
    },
    subscription_info: subscription && {
      authentication_method: subscription.authentication,
      automatic_sync_enabled: subscription.automaticSync,
      on_demand: subscription.onDemand,
      subscription_url: subscription.url,
      user_name: subscription.userName,
      ssl_thumbprint: subscription.thumbprint,
    },
    security_policy_id: securityPolicy,
  }
}
