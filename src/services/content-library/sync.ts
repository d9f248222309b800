import type { Reader } from '#inventory/reader.js'
import { VimFault } from '#vim25/fault.js'
import type { Work } from '#vsphere/core/behaviour.js'
import type { Context } from '#vsphere/core/context.js'
import { createItem, findItem, itemsOf, removeItem, requireItem } from './items.js'
import { publishedLibrary } from './published.js'
import {
  itemKey,
  type Library,
  type LibraryFile,
  type LibraryItem,
  libraries,
  libraryItems,
  libraryKey,
} from './records.js'
import { store, unstore } from './storage.js'
import { libraryAt } from './urls.js'

/*
 * Subscribed libraries follow a published library of this server (deviation 74): items by their source, versions and all;
 * the bytes at once, or on demand.
 */

/** The published library that a subscription's address names; undefined for a library that is not here or not published. */
export function publisherOf(read: Reader, { subscription }: Library): Library | undefined {
  const id = libraryAt(subscription?.url ?? '')
  return id === undefined ? undefined : publishedLibrary(read, id)
}

/** True when the publisher takes the subscriber's credentials. */
export function mayFollow({ publication }: Library, { userName, password }: Credentials): boolean {
  return publication?.authentication !== 'BASIC' || (userName === 'vcsp' && password === publication.password)
}

interface Credentials {
  readonly userName?: string | undefined
  readonly password?: string | undefined
}

export const SYNC = 'contentLibrary.sync'
export const AUTOMATIC_SYNC = 'contentLibrary.automaticSync'
const DAY_MS = 24 * 60 * 60 * 1000

/** Libraries that sync by themselves do so once a day (deviation 74). */
export function scheduleAutomaticSync(ctx: Context, library: string): void {
  ctx.tx.schedule(ctx.now + DAY_MS, AUTOMATIC_SYNC, { library })
}

export const syncDaily: Work = (ctx, refs) => {
  const library = ctx.tx.find(libraries, libraryKey(refs.library as string))
  if (!library?.subscription?.automaticSync) return
  syncWork(ctx, refs)
  scheduleAutomaticSync(ctx, library.id)
}

/** Brings a subscribed library up to date; what its storage cannot hold stays on demand. */
export const syncWork: Work = (ctx, refs) => {
  const library = ctx.tx.find(libraries, libraryKey(refs.library as string))
  const publisher = library && publisherOf(ctx.tx, library)
  if (!library?.subscription || !publisher || !mayFollow(publisher, library.subscription)) return
  const sources = itemsOf(ctx.tx, publisher.id).filter(canFollow)
  const wanted = new Set(sources.map(({ id }) => id))
  for (const item of itemsOf(ctx.tx, library.id)) if (!wanted.has(item.source ?? '')) removeItem(ctx, item)
  for (const source of sources) syncItem(ctx, library, source, !library.subscription.onDemand)
  ctx.tx.set(libraries, libraryKey(library.id), { synced: ctx.now })
}

/** Virtual machines do not travel this way: VM templates come by publishing to a subscription. */
const canFollow = ({ vmTemplate }: LibraryItem) => !vmTemplate

/** Brings one item up to date with its source; `content`: its files, too. */
export function syncItem(ctx: Context, library: Library, source: LibraryItem, content: boolean): void {
  const present = itemsOf(ctx.tx, library.id).find((item) => item.source === source.id)
  const item = present ?? create(ctx, library, source)
  const { name, description, type, version, metadataVersion, contentVersion } = source
  const files = item.contentVersion === contentVersion && present ? item.files : announced(ctx, item, source)
  ctx.tx.set(libraryItems, itemKey(item.id), {
    name,
    description,
    type,
    version,
    metadataVersion,
    contentVersion,
    files,
    synced: ctx.now,
    ...(version !== item.version && { modified: ctx.now }),
  })
  if (content) fetchItem(ctx, item.id)
}

function create(ctx: Context, library: Library, { id, name }: LibraryItem): LibraryItem {
  // An item that was renamed at the publisher may still have the name here: its turn comes.
  const taken = itemsOf(ctx.tx, library.id).find((item) => item.name.toLowerCase() === name.toLowerCase())
  if (taken) ctx.tx.set(libraryItems, itemKey(taken.id), { name: `${taken.name} (${taken.id})` })
  return createItem(ctx, { library: library.id, name, source: id })
}

/** The source's files without their bytes; what is stored of former ones goes. */
function announced(ctx: Context, item: LibraryItem, source: LibraryItem): readonly LibraryFile[] {
  for (const file of item.files) unstore(ctx, file)
  return source.files.map(({ place: _, ...file }) => ({ ...file, cached: false }))
}

/** Fetches what an item has not stored yet. What the storage cannot hold stays away. */
export function fetchItem(ctx: Context, id: string): void {
  const item = requireItem(ctx.tx, id)
  const library = ctx.tx.get(libraries, libraryKey(item.library))
  const stored: LibraryFile[] = []
  try {
    const files = item.files.map((file) => {
      if (file.cached) return file
      const mine = store(ctx, library, item, file)
      stored.push(mine)
      return mine
    })
    if (stored.length > 0) ctx.tx.set(libraryItems, itemKey(id), { files })
  } catch (error) {
    if (!(error instanceof VimFault)) throw error
    for (const file of stored) unstore(ctx, file)
  }
}

/** Forgets the bytes of a subscribed item; the next who asks for them fetches them again. */
export function evictItem(ctx: Context, item: LibraryItem): void {
  for (const file of item.files) unstore(ctx, file)
  ctx.tx.set(libraryItems, itemKey(item.id), {
    files: item.files.map(({ place: _, ...file }) => ({ ...file, cached: false })),
  })
}

/** The item that a subscribed one follows. */
export const sourceItem = (read: Reader, { source }: LibraryItem) =>
  source === undefined ? undefined : findItem(read, source)
