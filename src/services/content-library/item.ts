import { VapiError } from '#vapi/error.js'
import type { ServiceCall } from '../core/call.js'
import { madeBefore, tokenOf } from './client-token.js'
import { contentService } from './content-service.js'
import { invalid, notNow, told, wrongKind } from './errors.js'
import {
  addFile,
  checkItemName,
  createItem,
  findItem,
  finishContent,
  isCached,
  itemModel,
  itemsOf,
  removeItem,
  requireItem,
} from './items.js'
import { requireLibrary } from './libraries.js'
import { checkDescription, checkVersion } from './library-spec.js'
import { storageFull } from './receive.js'
import { itemKey, type Library, type LibraryItem, libraryItems } from './records.js'
import { publishTo } from './subscribers.js'
import { destroyTemplates } from './templates.js'

/** Items of libraries: what belongs together, files and what is known of them. */
export const item = contentService('com.vmware.content.library.item', {
  create(call, { client_token, create_spec: spec }) {
    const before = madeBefore(call, libraryItems, client_token)
    if (before !== undefined) return before
    if (spec.library_id === undefined) throw invalid('field_required', 'library_id')
    if (spec.name === undefined) throw invalid('field_required', 'name')
    const library = writable(call, spec.library_id)
    const made = {
      library: library.id,
      name: spec.name,
      description: checkDescription(spec.description),
      type: spec.type,
      source: spec.source_id,
      clientToken: tokenOf(call, client_token),
    }
    return call.transact((ctx) => createItem(ctx, made).id)
  },

  get: (call, { library_item_id }) => itemModel(call.read, requireItem(call.read, library_item_id)),

  list: ({ read }, { library_id }) => itemsOf(read, requireLibrary(read, library_id).id).map(({ id }) => id),

  /** Every criterion that is given must fit; names whatever their case. */
  find({ read }, { spec }) {
    const { name, library_id, source_id, type, cached } = spec
    if (Object.values(spec).every((value) => value === undefined)) throw invalid('field_required', 'name')
    const all =
      library_id === undefined
        ? [...read.ids(libraryItems)].map((key) => read.get(libraryItems, key))
        : itemsOf(read, library_id)
    return all
      .filter(
        (each) =>
          (name === undefined || each.name.toLowerCase() === name.toLowerCase()) &&
          (source_id === undefined || each.source === source_id) &&
          (type === undefined || each.type?.toLowerCase() === type.toLowerCase()) &&
          (cached === undefined || isCached(each) === cached),
      )
      .map(({ id }) => id)
  },

  update(call, { library_item_id, update_spec: spec }) {
    const present = requireOwn(call, library_item_id)
    checkVersion(present.version, spec.version, 'INVALID_ARGUMENT')
    const named = spec.name !== undefined && checkItemName(call.read, present.library, spec.name, present.id)
    const changes: Partial<LibraryItem> = {
      ...(named && { name: named }),
      ...(spec.description !== undefined && { description: checkDescription(spec.description) }),
      ...(spec.type !== undefined && { type: spec.type }),
      version: present.version + 1,
      metadataVersion: present.metadataVersion + 1,
    }
    call.transact((ctx) => ctx.tx.set(libraryItems, itemKey(present.id), { ...changes, modified: ctx.now }))
  },

  /** With its files; a VM template with its virtual machines. */
  async delete(call, { library_item_id }) {
    await destroyTemplates(call, [requireOwn(call, library_item_id)])
    call.transact((ctx) => {
      const left = findItem(ctx.tx, library_item_id)
      if (left) removeItem(ctx, left)
    })
  },

  /** A new item with the same files, each a file of its own in the storage. */
  copy(call, { client_token, source_library_item_id, destination_create_spec: spec }) {
    const before = madeBefore(call, libraryItems, client_token)
    if (before !== undefined) return before
    const source = requireItem(call.read, source_library_item_id)
    if (source.vmTemplate) throw wrongKind('field_invalid', 'source_library_item_id', 'a VM template')
    const library = writable(call, spec.library_id ?? source.library)
    try {
      return call.transact((ctx) => {
        const { id } = createItem(ctx, {
          library: library.id,
          name: spec.name ?? source.name,
          description: checkDescription(spec.description ?? source.description),
          type: spec.type ?? source.type,
          clientToken: tokenOf(call, client_token),
        })
        for (const file of source.files) addFile(ctx, id, file.name, file)
        if (source.files.length > 0) finishContent(ctx, id)
        return id
      })
    } catch (error) {
      const full = storageFull(source.name, error)
      if (full) throw new VapiError('RESOURCE_INACCESSIBLE', [full])
      // The operation has no ALREADY_EXISTS.
      if (error instanceof VapiError && error.type === 'ALREADY_EXISTS')
        throw new VapiError('INVALID_ARGUMENT', error.messages)
      throw error
    }
  },

  /** Pushes an item to the subscriptions named, or to all; they bring all items along. */
  publish(call, { library_item_id, subscriptions }) {
    const { library } = requireItem(call.read, library_item_id)
    const publisher = requireLibrary(call.read, library)
    if (publisher.type !== 'LOCAL') throw wrongKind('not_local_library', library)
    if (!publisher.publication?.published) throw notNow('not_published', library)
    publishTo(call, publisher, subscriptions)
  },
})

/** A library that takes items; throws NOT_FOUND and INVALID_ELEMENT_TYPE. */
function writable(call: ServiceCall, id: string): Library {
  const library = requireLibrary(call.read, id)
  if (library.type !== 'LOCAL') throw wrongKind('not_local_library', id)
  return library
}

/** An item that changes here; those of subscribed libraries only follow. */
export function requireOwn(call: ServiceCall, id: string): LibraryItem {
  const found = requireItem(call.read, id)
  if (requireLibrary(call.read, found.library).type !== 'LOCAL')
    throw new VapiError('INVALID_ELEMENT_TYPE', [told('subscribed_item_read_only', id)])
  return found
}
