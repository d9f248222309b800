import type { Reader } from '#inventory/reader.js'
import type { Transaction } from '#inventory/transaction.js'
import { forgetImage, imageOf, setImage } from '#world/disk-image.js'
import type { Context } from '../core/context.js'
import {
  type DatastoreFile,
  directoriesIn,
  directoryExists,
  fileAt,
  fileFault,
  filesIn,
  makeDirectory,
  moveFile,
  putFile,
  removeDirectory,
  removeFile,
  requireDirectory,
  requireFile,
  updateFile,
} from '../datastore/files.js'
import { directoryOf, nameOf, type Place } from '../datastore/paths.js'
import { volumeOf } from '../datastore/volumes.js'
import { datacenterOf } from '../managed-entity/entity.js'
import { vmxContent } from '../vm/files.js'
import { vmsByVmx } from '../vm/storage.js'
import { diskOfExtent } from './extent.js'
import { requireReadable, requireUnlocked } from './locks.js'
import { isBelow, isRoot } from './resolve.js'

/**
 * Deletes a file, or a directory with everything in it. Throws FileNotFound, FileLocked, CannotDeleteFile for the datastore's
 * root. The extent of a disk is emptied: the disk stays.
 */
export function deletePlace(ctx: Context, place: Place): void {
  const { tx } = ctx
  const { datastore, path } = place
  if (isRoot(place)) throw fileFault(tx, 'CannotDeleteFile', place)
  const disk = diskOfExtent(tx, place)
  requireUnlocked(tx, disk ?? place)
  if (disk) {
    forgetImage(tx, disk.datastore, disk.path)
    updateFile(tx, disk.datastore, disk.path, { extent: undefined, size: 0 })
  } else if (directoryExists(tx, datastore, path)) removeDirectory(tx, datastore, path)
  else removeFile(tx, datastore, path)
}

/**
 * Copies a file, or a directory with everything in it. Throws FileNotFound for the source or a missing directory above the
 * target, FileAlreadyExists unless `force` is to replace a file, FileLocked, NoDiskSpace.
 */
export function copyPlace(ctx: Context, from: Place, to: Place, force: boolean): void {
  const { tx } = ctx
  if (!directoryExists(tx, from.datastore, from.path)) {
    requireReadable(tx, from)
    const { name: _name, ...facts } = requireFile(tx, from.datastore, from.path)
    makeWay(ctx, from, to, force)
    const content = contentOf(tx, from) ?? facts.content
    putFile(tx, to.datastore, to.path, { ...facts, ...(content && { content }), modified: ctx.time })
    const image = imageOf(tx, from.datastore, from.path)
    if (image) setImage(tx, to.datastore, to.path, image)
    return
  }
  makeWay(ctx, from, to, force)
  eachBelow(tx, from, (below, directory) => {
    const target = { datastore: to.datastore, path: `${to.path}${below.path.slice(from.path.length)}` }
    if (directory) makeDirectory(tx, target.datastore, target.path, true)
    else copyPlace(ctx, below, target, force)
  })
}

/** Moves or renames a file or a directory; throws what `copyPlace` throws. */
export function movePlace(ctx: Context, from: Place, to: Place, force: boolean): void {
  const { tx } = ctx
  if (isRoot(from)) throw fileFault(tx, 'CannotAccessFile', from)
  const directory = directoryExists(tx, from.datastore, from.path)
  if (!directory) requireFile(tx, from.datastore, from.path)
  requireUnlocked(tx, from)
  makeWay(ctx, from, to, force)
  if (!directory) {
    moveOne(tx, from, to)
    return
  }
  eachBelow(tx, from, (below, isDirectory) => {
    const target = { datastore: to.datastore, path: `${to.path}${below.path.slice(from.path.length)}` }
    if (isDirectory) makeDirectory(tx, target.datastore, target.path, true)
    else moveOne(tx, below, target)
  })
  removeDirectory(tx, from.datastore, from.path)
}

function moveOne(tx: Transaction, from: Place, to: Place): void {
  const content = contentOf(tx, from)
  moveFile(tx, from, to)
  if (content) updateFile(tx, to.datastore, to.path, { content })
}

/** Throws unless something can be put at the target; a file that is there goes when it is to be replaced. */
export function makeWay(ctx: Context, from: Place, to: Place, force: boolean): void {
  const { tx } = ctx
  const sameVolume = volumeOf(tx, from.datastore) === volumeOf(tx, to.datastore)
  if (isRoot(to) || (sameVolume && from.path === to.path) || directoryExists(tx, to.datastore, to.path))
    throw fileFault(tx, 'FileAlreadyExists', to)
  // A directory does not go into itself.
  if (sameVolume && isBelow(to.path, from.path)) throw fileFault(tx, 'CannotAccessFile', to)
  requireDirectory(tx, to.datastore, directoryOf(to.path))
  if (!fileAt(tx, to.datastore, to.path)) return
  if (!force) throw fileFault(tx, 'FileAlreadyExists', to)
  requireUnlocked(tx, to)
  removeFile(tx, to.datastore, to.path)
}

/** The directory itself first, then what is in it. */
function eachBelow(read: Reader, place: Place, visit: (place: Place, directory: boolean) => void): void {
  const { datastore, path } = place
  const files = filesIn(read, datastore, path)
  const directories = directoriesIn(read, datastore, path)
  visit(place, true)
  for (const { name } of files) visit({ datastore, path: path === '' ? name : `${path}/${name}` }, false)
  for (const below of directories) eachBelow(read, { datastore, path: below }, visit)
}

/** A registered VM's configuration file says what the VM is; a copy of it can be registered. */
function contentOf(read: Reader, place: Place): object | undefined {
  if (!/\.vmt?x$/.test(nameOf(place.path))) return undefined
  const vm = vmOfVmx(read, place)
  return vm === undefined ? undefined : vmxContent(read, vm)
}

/** The registered VM whose configuration file this is. */
export function vmOfVmx(read: Reader, place: Place): string | undefined {
  const { name } = read.get('Datastore', place.datastore)
  const datacenter = datacenterOf(read, place.datastore)
  return read.lookup(vmsByVmx, `[${name}] ${place.path}`).find((id) => datacenterOf(read, id) === datacenter)
}

/** Seconds that copying so many bytes takes. */
export const copySecondsOf = (files: readonly DatastoreFile[]): number =>
  1 + files.reduce((sum, { size }) => sum + size, 0) / BYTES_PER_SECOND

/** How fast files are copied. */
const BYTES_PER_SECOND = 200 * 2 ** 20
