import type { Reader } from '#inventory/reader.js'
import { timestamp } from '#ports/clock.js'
import { findItem, itemsOf } from './items.js'
import { findLibrary } from './libraries.js'
import type { Library, LibraryFile, LibraryItem } from './records.js'
import { decoded } from './urls.js'

/*
 * What a published library tells of itself below /cls/vcsp/lib/<id>/: lib.json, items.json, and the files
 * (the format is public: version 2 of VCSP, addresses relative to the document).
 */

const CAPABILITIES = { transferIn: ['httpGet'], transferOut: ['httpGet'] }

/** The library with this identifier, if it is published. */
export function publishedLibrary(read: Reader, id: string): Library | undefined {
  const library = findLibrary(read, id)
  return library?.publication?.published ? library : undefined
}

export function libraryDocument(read: Reader, library: Library): object {
  const contents = itemsOf(read, library.id).reduce((sum, { contentVersion }) => sum + contentVersion, 1)
  return {
    vcspVersion: '2',
    version: String(library.version),
    contentVersion: String(contents),
    name: library.name,
    id: `urn:uuid:${library.id}`,
    created: timestamp(library.created),
    capabilities: CAPABILITIES,
    itemsHref: 'items.json',
  }
}

export function itemsDocument(read: Reader, library: Library): object {
  return { items: itemsOf(read, library.id).map(itemDocument) }
}

export function itemDocument(item: LibraryItem): object {
  return {
    id: `urn:uuid:${item.id}`,
    name: item.name,
    description: item.description,
    type: item.type ? `vcsp.${item.type}` : 'vcsp.other',
    created: timestamp(item.created),
    version: String(item.version),
    contentVersion: String(item.contentVersion),
    selfHref: `${item.id}/item.json`,
    files: item.files.map((file) => ({
      name: file.name,
      size: file.size,
      etag: file.blob,
      hrefs: [`${item.id}/${encodeURIComponent(file.name)}`],
    })),
  }
}

/** The file that an address below a published library names. */
export function publishedFileAt(read: Reader, url: string): LibraryFile | undefined {
  const path = URL.canParse(url) ? new URL(url).pathname : ''
  const [, library = '', item = '', file = ''] =
    /^\/cls\/vcsp\/lib\/([0-9a-f-]{36})\/([0-9a-f-]{36})\/([^/]+)$/.exec(path) ?? []
  return publishedFile(read, library, item, decoded(file))
}

export function publishedFile(
  read: Reader,
  library: string,
  item: string,
  name: string,
): LibraryFile | undefined {
  if (!publishedLibrary(read, library)) return undefined
  const found = findItem(read, item)
  return found?.library === library ? found.files.find((file) => file.name === name) : undefined
}
