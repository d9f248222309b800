import { recordKind } from '#inventory/entity.js'
import { index } from '#inventory/indexes.js'
import type { Reader } from '#inventory/reader.js'
import type { Transaction } from '#inventory/transaction.js'
import { fault } from '#vim25/fault.js'
import { forgetImage, moveImage } from '#world/disk-image.js'
import { cleanPath, datastorePathOf, directoryOf, nameOf, type Place } from './paths.js'
import { volumeOf, volumes } from './volumes.js'

/** What a file is, by what it is for: FileInfo's subtypes follow from it. */
export type FileType =
  | 'vmx'
  | 'vmdk'
  | 'nvram'
  | 'vmsd'
  | 'vmsn'
  | 'vswp'
  | 'log'
  | 'iso'
  | 'folder'
  | 'other'

export interface FileFacts {
  readonly type: FileType
  /** Bytes that it takes on the datastore. */
  readonly size: number
  /** Bytes that it may grow to (thin disks); default: `size`. */
  readonly provisioned?: number | undefined
  /** dateTime of the last change. */
  readonly modified?: string | undefined
  /** VMDK: what its descriptor says. */
  readonly disk?: DiskFacts | undefined
  /** VMX of a VM that is registered nowhere: what the vm family needs to register it again. */
  readonly content?: object | undefined
  /** Its bytes among the world's blobs (Blobs, by digest); unset where nobody ever sent any: it reads as zeros. */
  readonly blob?: string | undefined
  /** VMDK: the bytes that the guest sees, as somebody sent them to `<name>-flat.vmdk`; unset: zeros. */
  readonly extent?: { readonly blob: string; readonly size: number } | undefined
  /** Who owns it, where somebody changed that (FileManager.ChangeOwner). */
  readonly owner?: string | undefined
}

export interface DiskFacts {
  /** Bytes that the guest sees. */
  readonly capacity: number
  readonly thin: boolean
  /** Written with zeros throughout (eagerZeroedThick). */
  readonly eager?: boolean | undefined
  /** VirtualDiskAdapterType; default: lsiLogic. */
  readonly adapter?: string | undefined
  /** `6000C29...` as backings have it; unset: that of the VM which uses it. */
  readonly uuid?: string | undefined
  /** The stream that an OVF package brought it as, until its guest sees other bytes. */
  readonly stream?: { readonly blob: string; readonly size: number } | undefined
}

export interface DatastoreFile extends FileFacts {
  readonly name: string
}

/** A directory with the files in it, not those of its subdirectories; record `directory:<volume>/<path>`. */
export interface Directory {
  readonly volume: string
  /** '' for the root. */
  readonly path: string
  readonly files: readonly DatastoreFile[]
}

export const directories = recordKind<Directory>('directory')
/** The last one: a VM's directory is asked for again and again, and each new text is hashed anew. */
let latest = { volume: '', path: '', id: '' }

function directoryId(volume: string, path: string): string {
  if (latest.path !== path || latest.volume !== volume)
    latest = { volume, path, id: `directory:${volume}/${path}` }
  return latest.id
}

/**
 * Directories by the one that they are in. Those at the top of a volume are left out: a datastore has one per VM, and
 * listing them is rare enough to look through all directories.
 */
export const directoriesByParent = index<Directory>({
  name: 'directory.parent',
  type: 'directory',
  inputs: ['path'],
  keys: ({ volume, path }) => (path.includes('/') ? [directoryId(volume, directoryOf(path))] : []),
})

/** Directories by the blobs of their files, so that blobs in use are known. */
export const directoriesByBlob = index<Directory>({
  name: 'directory.blob',
  type: 'directory',
  inputs: ['files'],
  keys: ({ files }) =>
    files.some(({ blob, extent }) => blob ?? extent)
      ? files.flatMap(({ blob, extent }) => [blob, extent?.blob])
      : [],
})

/** The file at a path; undefined when there is none. */
export function fileAt(read: Reader, datastore: string, path: string): DatastoreFile | undefined {
  const clean = cleanPath(path)
  const name = nameOf(clean)
  return directoryAt(read, datastore, directoryOf(clean))?.files.find((file) => file.name === name)
}

/** The root always exists. */
export function directoryExists(read: Reader, datastore: string, path: string): boolean {
  const clean = cleanPath(path)
  return clean === '' || directoryAt(read, datastore, clean) !== undefined
}

/** Files directly in a directory. */
export function filesIn(read: Reader, datastore: string, path: string): readonly DatastoreFile[] {
  return directoryAt(read, datastore, cleanPath(path))?.files ?? []
}

/** Paths of the directories directly in a directory, in order of creation. */
export function directoriesIn(read: Reader, datastore: string, path: string): readonly string[] {
  const volume = volumeOf(read, datastore)
  const clean = cleanPath(path)
  if (clean !== '')
    return read
      .lookup(directoriesByParent, directoryId(volume, clean))
      .map((id) => read.get(directories, id).path)
  const top: string[] = []
  for (const id of read.ids(directories)) {
    const found = read.get(directories, id)
    if (found.volume === volume && found.path !== '' && !found.path.includes('/')) top.push(found.path)
  }
  return top
}

/** All files in a directory and below it, with their paths from the datastore's root. */
export function filesBelow(
  read: Reader,
  datastore: string,
  path: string,
): readonly (DatastoreFile & { readonly path: string })[] {
  const clean = cleanPath(path)
  const here = filesIn(read, datastore, clean).map((file) => ({ ...file, path: join(clean, file.name) }))
  return [
    ...here,
    ...directoriesIn(read, datastore, clean).flatMap((below) => filesBelow(read, datastore, below)),
  ]
}

/**
 * Writes a file, in place of one of that name; missing directories are made. Throws NoDiskSpace when the datastore cannot
 * hold it, CannotCreateFile when a directory has the name.
 */
export function putFile(tx: Transaction, datastore: string, path: string, facts: FileFacts): void {
  const clean = cleanPath(path)
  const name = nameOf(clean)
  if (directoryExists(tx, datastore, clean))
    throw fileFault(tx, 'CannotCreateFile', { datastore, path: clean })
  const before = fileAt(tx, datastore, clean)
  account(tx, { datastore, path: clean }, facts, before)
  const file: DatastoreFile = Object.freeze({ ...facts, name })
  ensureDirectory(tx, datastore, directoryOf(clean))
  changeFiles(tx, datastore, directoryOf(clean), (files) =>
    before ? files.map((other) => (other.name === name ? file : other)) : [...files, file],
  )
}

/**
 * Writes several files into one directory at once, as new VMs have them; the same as `putFile` for each. `directory` is
 * clean, as `cleanPath` makes it.
 */
export function putFiles(
  tx: Transaction,
  datastore: string,
  directory: string,
  files: readonly DatastoreFile[],
): void {
  const [first] = files
  if (!first) return
  const volume = volumeOf(tx, datastore)
  const present = tx.find(directories, directoryId(volume, directory))
  const taken = ({ name }: DatastoreFile) =>
    present?.files.some((file) => file.name === name) || directoryExists(tx, datastore, join(directory, name))
  if (present && files.some(taken)) {
    for (const { name, ...facts } of files) putFile(tx, datastore, join(directory, name), facts)
    return
  }
  const sum = (of: (file: DatastoreFile) => number) => files.reduce((total, file) => total + of(file), 0)
  const all = {
    ...first,
    size: sum((file) => file.size),
    provisioned: sum((file) => file.provisioned ?? file.size),
  }
  account(tx, { datastore, path: join(directory, first.name) }, all, undefined)
  ensureDirectory(tx, datastore, directory, Object.freeze(files.map((file) => Object.freeze(file))))
  if (present) changeFiles(tx, datastore, directory, (before) => [...before, ...files])
}

/** Changes some facts of a file: a disk that grew. Throws FileNotFound, NoDiskSpace. */
export function updateFile(
  tx: Transaction,
  datastore: string,
  path: string,
  facts: Partial<FileFacts>,
): void {
  const { name: _name, ...present } = requireFile(tx, datastore, path)
  putFile(tx, datastore, path, { ...present, ...facts })
}

/** Deletes a file; throws FileNotFound. */
export function removeFile(tx: Transaction, datastore: string, path: string): void {
  const clean = cleanPath(path)
  const file = requireFile(tx, datastore, clean)
  account(tx, { datastore, path: clean }, undefined, file)
  changeFiles(tx, datastore, directoryOf(clean), (files) => files.filter((other) => other !== file))
  forgetImage(tx, datastore, clean)
}

/**
 * Moves or renames a file, also to another datastore. Throws FileNotFound for the source or a missing target directory,
 * FileAlreadyExists, NoDiskSpace.
 */
export function moveFile(tx: Transaction, from: Place, to: Place): void {
  const source = cleanPath(from.path)
  const target = cleanPath(to.path)
  const { name: _name, ...facts } = requireFile(tx, from.datastore, source)
  requireDirectory(tx, to.datastore, directoryOf(target))
  if (fileAt(tx, to.datastore, target) || directoryExists(tx, to.datastore, target))
    throw fileFault(tx, 'FileAlreadyExists', { datastore: to.datastore, path: target })
  moveImage(tx, { datastore: from.datastore, path: source }, { datastore: to.datastore, path: target })
  removeFile(tx, from.datastore, source)
  putFile(tx, to.datastore, target, facts)
}

/**
 * Makes a directory; `parents`: also those above it. Throws FileAlreadyExists, and FileNotFound when the directory above
 * is missing.
 */
export function makeDirectory(tx: Transaction, datastore: string, path: string, parents = false): void {
  const clean = cleanPath(path)
  if (directoryExists(tx, datastore, clean) || fileAt(tx, datastore, clean))
    throw fileFault(tx, 'FileAlreadyExists', { datastore, path: clean })
  if (!parents) requireDirectory(tx, datastore, directoryOf(clean))
  ensureDirectory(tx, datastore, clean)
}

/** Deletes a directory with everything in it; throws FileNotFound. */
export function removeDirectory(tx: Transaction, datastore: string, path: string): void {
  const clean = cleanPath(path)
  requireDirectory(tx, datastore, clean)
  for (const below of directoriesIn(tx, datastore, clean)) removeDirectory(tx, datastore, below)
  for (const file of filesIn(tx, datastore, clean)) removeFile(tx, datastore, join(clean, file.name))
  if (clean !== '') tx.remove(directoryId(volumeOf(tx, datastore), clean))
}

/** A volume with all its directories and files is gone for good. */
export function eraseVolume(tx: Transaction, volume: string): void {
  for (const id of [...tx.ids(directories)]) if (tx.get(directories, id).volume === volume) tx.remove(id)
  tx.remove(volume)
}

/** Deletes a directory if nothing is in it: what a deleted VM leaves behind. */
export function removeIfEmpty(tx: Transaction, datastore: string, path: string): void {
  const clean = cleanPath(path)
  if (clean === '' || !directoryExists(tx, datastore, clean)) return
  if (filesIn(tx, datastore, clean).length === 0 && directoriesIn(tx, datastore, clean).length === 0)
    tx.remove(directoryId(volumeOf(tx, datastore), clean))
}

/** A directory name like `wanted` that is free on the datastore: `wanted`, `wanted_1`, `wanted_2` ... as vCenter picks it. */
export function freeDirectory(read: Reader, datastore: string, wanted: string): string {
  let name = wanted
  for (let n = 1; directoryExists(read, datastore, name) || fileAt(read, datastore, name); n++)
    name = `${wanted}_${n}`
  return name
}

/** The file at a path; throws FileNotFound. */
export function requireFile(read: Reader, datastore: string, path: string): DatastoreFile {
  const file = fileAt(read, datastore, path)
  if (!file) throw fileFault(read, 'FileNotFound', { datastore, path: cleanPath(path) })
  return file
}

/** Throws FileNotFound when there is no such directory. */
export function requireDirectory(read: Reader, datastore: string, path: string): void {
  if (!directoryExists(read, datastore, path))
    throw fileFault(read, 'FileNotFound', { datastore, path: cleanPath(path) })
}

export type FileFaultName =
  | 'FileNotFound'
  | 'FileAlreadyExists'
  | 'CannotCreateFile'
  | 'CannotDeleteFile'
  | 'CannotAccessFile'
  | 'FileLocked'
  | 'FileNameTooLong'

/** A fault about the file at a place. */
export function fileFault(read: Reader, type: FileFaultName, place: Place) {
  return fault(type, { file: datastorePathOf(read, place) })
}

const join = (directory: string, name: string) => (directory === '' ? name : `${directory}/${name}`)

function directoryAt(read: Reader, datastore: string, path: string): Directory | undefined {
  return read.find(directories, directoryId(volumeOf(read, datastore), path))
}

/** Makes a directory, with `files` in it, and those above it, where they are missing. Throws CannotCreateFile. */
function ensureDirectory(tx: Transaction, datastore: string, path: string, files = none): void {
  const volume = volumeOf(tx, datastore)
  const id = directoryId(volume, path)
  if (tx.entity(id)) return
  if (path !== '') {
    if (fileAt(tx, datastore, path)) throw fileFault(tx, 'CannotCreateFile', { datastore, path })
    ensureDirectory(tx, datastore, directoryOf(path))
  }
  tx.create(directories, id, { volume, path, files })
}

const none: readonly DatastoreFile[] = Object.freeze([])

function changeFiles(
  tx: Transaction,
  datastore: string,
  path: string,
  change: (files: readonly DatastoreFile[]) => readonly DatastoreFile[],
): void {
  tx.update(directories, directoryId(volumeOf(tx, datastore), path), ({ files }) => ({
    files: Object.freeze(change(files)),
  }))
}

/** Keeps the volume's totals, the one place that changes them. Throws NoDiskSpace. */
function account(
  tx: Transaction,
  place: Place,
  after: FileFacts | undefined,
  before: FileFacts | undefined,
): void {
  const growth = (after?.size ?? 0) - (before?.size ?? 0)
  const promise = growthOf(after) - growthOf(before)
  if (growth === 0 && promise === 0) return
  const id = volumeOf(tx, place.datastore)
  const { capacity, used, uncommitted } = tx.get(volumes, id)
  if (growth > 0 && used + growth > capacity)
    throw fault('NoDiskSpace', {
      file: datastorePathOf(tx, place),
      datastore: tx.get('Datastore', place.datastore).name,
    })
  tx.set(volumes, id, { used: used + growth, uncommitted: uncommitted + promise })
}

function growthOf(file: FileFacts | undefined): number {
  return file ? Math.max(0, (file.provisioned ?? file.size) - file.size) : 0
}
