import type { Reader } from '#inventory/reader.js'
import type { Context } from '#vsphere/core/context.js'
import {
  directoryExists,
  fileAt,
  makeDirectory,
  putFile,
  removeDirectory,
  removeFile,
  removeIfEmpty,
} from '#vsphere/datastore/files.js'
import { directoryOf } from '#vsphere/datastore/paths.js'
import { setImage } from '#world/disk-image.js'
import type { Content, Library, LibraryFile, LibraryItem } from './records.js'

/*
 * Libraries on datastores: `contentlib-<library>/<item>/<name>_<UUID>.<extension>`, as files of the inventory, so that they
 * take space and can be mounted. Other storage (an NFS or SMB share of its own) has no bounds here.
 */

const libraryDirectory = (library: string) => `contentlib-${library}`
const itemDirectory = ({ id, library }: Pick<LibraryItem, 'id' | 'library'>) =>
  `${libraryDirectory(library)}/${id}`

/** `disk-0_<UUID>.vmdk` */
function storedName(ctx: Context, name: string): string {
  const dot = name.lastIndexOf('.')
  const [base, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  return `${base}_${ctx.services.random.uuid('', 'libraryFile', ctx.tx.next('libraryFile'))}${extension}`
}

export function prepareStorage(ctx: Context, { id, backing }: Library): void {
  if (backing.datastore_id !== undefined)
    makeDirectory(ctx.tx, backing.datastore_id, libraryDirectory(id), true)
}

/** Deletes everything that a library has stored. */
export function clearStorage(ctx: Context, { id, backing }: Library): void {
  const datastore = backing.datastore_id
  if (datastore === undefined || !ctx.tx.find('Datastore', datastore)) return
  if (directoryExists(ctx.tx, datastore, libraryDirectory(id)))
    removeDirectory(ctx.tx, datastore, libraryDirectory(id))
}

/** Puts a file into the library's storage. Throws NoDiskSpace. */
export function store(
  ctx: Context,
  library: Library,
  item: Pick<LibraryItem, 'id' | 'library'>,
  file: Content & Pick<LibraryFile, 'name' | 'version'>,
): LibraryFile {
  const { name, version, size, blob, checksum, image } = file
  const stored = storedName(ctx, name)
  const datastore = library.backing.datastore_id
  const plain = { name, version, size, blob, checksum, image, cached: true, stored }
  if (datastore === undefined) return plain
  const path = `${itemDirectory(item)}/${stored}`
  const type = name.toLowerCase().endsWith('.iso') ? 'iso' : 'other'
  putFile(ctx.tx, datastore, path, { type, size, blob, modified: ctx.time })
  if (image) setImage(ctx.tx, datastore, path, image)
  return { ...plain, place: { datastore, path } }
}

/** Takes a file out of its storage again; what somebody else has deleted there is no error. */
export function unstore(ctx: Context, { place }: Pick<LibraryFile, 'place'>): void {
  if (!place || !ctx.tx.find('Datastore', place.datastore)) return
  if (fileAt(ctx.tx, place.datastore, place.path)) removeFile(ctx.tx, place.datastore, place.path)
  removeIfEmpty(ctx.tx, place.datastore, directoryOf(place.path))
}

/** Where a file lies, for those who can reach the storage: `ds:///vmfs/volumes/<UUID>/contentlib-…`. */
export function storageUri(
  read: Reader,
  library: Library,
  item: LibraryItem,
  file: LibraryFile,
  server: string,
): string {
  const { place } = file
  const base = place
    ? read.find('Datastore', place.datastore)?.summary.url
    : library.backing.storage_uri?.replace(/\/?$/, '/')
  const path = place?.path ?? `${itemDirectory(item)}/${file.stored}`
  return `${base ?? 'ds:///'}${path.split('/').map(encodeURIComponent).join('/')}?serverId=${server}`
}
