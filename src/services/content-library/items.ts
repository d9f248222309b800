import type { Reader } from '#inventory/reader.js'
import { timestamp } from '#ports/clock.js'
import { VapiError } from '#vapi/error.js'
import type { ContentLibraryItemModel } from '#vapi/generated/types.js'
import type { Context } from '#vsphere/core/context.js'
import { invalid, notFound, told } from './errors.js'
import { itemType } from './item-type.js'
import {
  type Content,
  downloadSessionKey,
  downloadSessions,
  downloadSessionsByItem,
  type ItemChange,
  itemKey,
  itemsByLibrary,
  type LibraryFile,
  type LibraryItem,
  libraries,
  libraryItems,
  libraryKey,
  updateSessionKey,
  updateSessions,
  updateSessionsByItem,
} from './records.js'
import { store, unstore } from './storage.js'

/* What others may do with items, too: OVF deployment, VM templates. */

export function findItem(read: Reader, id: string): LibraryItem | undefined {
  return read.find(libraryItems, itemKey(id))
}

/** Throws NOT_FOUND. */
export function requireItem(read: Reader, id: string): LibraryItem {
  const item = findItem(read, id)
  if (!item) throw notFound('library_item_not_found', id)
  return item
}

/** A library's items in order of creation. */
export function itemsOf(read: Reader, library: string): readonly LibraryItem[] {
  return read.lookup(itemsByLibrary, library).map((key) => read.get(libraryItems, key))
}

/** An item's files; the bytes of `blob` are in `services.blobs`. */
export function filesOf(read: Reader, item: string): readonly LibraryFile[] {
  return requireItem(read, item).files
}

export interface NewItem {
  readonly library: string
  readonly name: string
  readonly description?: string | undefined
  readonly type?: string | undefined
  readonly source?: string | undefined
  readonly vmTemplate?: LibraryItem['vmTemplate']
  readonly clientToken?: string | undefined
}

/**
 * A new item without files. Throws INVALID_ARGUMENT for a name that cannot be and ALREADY_EXISTS for one that the library
 * has (case does not count); the library exists.
 */
export function createItem(ctx: Context, spec: NewItem): LibraryItem {
  const name = checkItemName(ctx.tx, spec.library, spec.name)
  const id = ctx.services.random.uuid('', 'libraryItem', ctx.tx.next('libraryItem'))
  const item: LibraryItem = {
    ...spec,
    id,
    name,
    description: spec.description ?? '',
    created: ctx.now,
    modified: ctx.now,
    contentVersion: 1,
    metadataVersion: 1,
    version: 1,
    files: [],
    changes: [],
  }
  ctx.tx.create(libraryItems, itemKey(id), item)
  return item
}

const LONGEST_NAME = 80

/** The name without blanks around it; `self` is the item that is renamed. */
export function checkItemName(read: Reader, library: string, text: string, self?: string): string {
  const name = text.trim()
  if (name === '' || name.length > LONGEST_NAME || /[/\\\0]/.test(name))
    throw invalid('field_invalid', 'name', text)
  const same = (other: LibraryItem) => other.name.toLowerCase() === name.toLowerCase() && other.id !== self
  if (itemsOf(read, library).some(same))
    throw new VapiError('ALREADY_EXISTS', [told('item_name_exists', name)])
  return name
}

/**
 * Puts a file into an item and its library's storage, in place of one of that name. Throws NoDiskSpace. `finishContent`
 * counts the change once all files are there.
 */
export function addFile(ctx: Context, item: string, name: string, content: Content): LibraryFile {
  const present = requireItem(ctx.tx, item)
  const library = ctx.tx.get(libraries, libraryKey(present.library))
  const file = store(ctx, library, present, { ...content, name, version: 1 })
  takeFile(ctx, item, file)
  return file
}

/** The same for a file that lies in the storage already. */
export function takeFile(ctx: Context, item: string, file: LibraryFile): void {
  const { files } = requireItem(ctx.tx, item)
  const former = files.find(({ name }) => name === file.name)
  if (former) unstore(ctx, former)
  const mine = { ...file, version: (former?.version ?? 0) + 1 }
  ctx.tx.set(libraryItems, itemKey(item), {
    files: former ? files.map((each) => (each === former ? mine : each)) : [...files, mine],
  })
}

/** Deletes a file of an item; one that is not there is no error. */
export function dropFile(ctx: Context, item: string, name: string): void {
  const { files } = requireItem(ctx.tx, item)
  for (const file of files) if (file.name === name) unstore(ctx, file)
  ctx.tx.set(libraryItems, itemKey(item), { files: files.filter((file) => file.name !== name) })
}

/** Counts a change of the content: version, time, and the type where the files tell it. */
export function finishContent(
  ctx: Context,
  item: string,
  change?: Omit<ItemChange, 'version' | 'time'>,
): void {
  const { files, type, contentVersion, changes } = requireItem(ctx.tx, item)
  const version = contentVersion + 1
  ctx.tx.set(libraryItems, itemKey(item), {
    contentVersion: version,
    modified: ctx.now,
    type: itemType(files.map(({ name }) => name)) ?? type,
    ...(change && { changes: [...changes, { ...change, version: String(version), time: ctx.now }] }),
  })
}

/** Deletes an item with its files and sessions. A VM template's virtual machine is the caller's business. */
export function removeItem(ctx: Context, item: LibraryItem): void {
  for (const file of item.files) unstore(ctx, file)
  for (const key of ctx.tx.lookup(updateSessionsByItem, item.id)) {
    const { id, files } = ctx.tx.get(updateSessions, key)
    for (const { received } of files) if (received) unstore(ctx, received)
    ctx.tx.remove(updateSessionKey(id))
  }
  for (const key of ctx.tx.lookup(downloadSessionsByItem, item.id))
    ctx.tx.remove(downloadSessionKey(ctx.tx.get(downloadSessions, key).id))
  ctx.tx.remove(itemKey(item.id))
}

export const isCached = ({ files }: LibraryItem) => files.every(({ cached }) => cached)

/** Bytes that an item takes in its library's storage. */
export function sizeOf({ files, vmTemplate }: LibraryItem): number {
  return vmTemplate?.size ?? files.reduce((sum, { size, cached }) => sum + (cached ? size : 0), 0)
}

/** An item as the API shows it. */
export function itemModel(read: Reader, item: LibraryItem): ContentLibraryItemModel {
  const { id, library, name, description, type, created, modified, synced, source } = item
  const secured = read.get(libraries, libraryKey(library)).securityPolicy !== undefined
  return {
    id,
    library_id: library,
    name,
    description,
    type,
    creation_time: timestamp(created),
    last_modified_time: timestamp(modified),
    last_sync_time: synced === undefined ? undefined : timestamp(synced),
    content_version: String(item.contentVersion),
    metadata_version: String(item.metadataVersion),
    version: String(item.version),
    cached: isCached(item),
    size: sizeOf(item),
    source_id: source,
    // Nothing here is signed by anybody (deviation 71).
    security_compliance: secured ? false : undefined,
    certificate_verification_info: secured ? { status: 'NOT_AVAILABLE' } : undefined,
  }
}
