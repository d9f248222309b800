import { patch } from '#vim25/data.js'
import { forgetImage } from '#world/disk-image.js'
import type { Context, ReadContext } from '../core/context.js'
import {
  type DatastoreFile,
  type DiskFacts,
  fileAt,
  fileFault,
  removeFile,
  requireDirectory,
  requireFile,
  updateFile,
} from '../datastore/files.js'
import { datastorePathOf, directoryOf, type Place } from '../datastore/paths.js'
import { bytesBeside, extentOf } from '../file-manager/extent.js'
import { requireUnlocked } from '../file-manager/locks.js'
import { diskIdentity } from '../vm/devices/disks.js'
import { attachedTo, tellVms } from './attached.js'
import { fileOf } from './rules.js'

export interface DiskFile extends DatastoreFile {
  readonly disk: DiskFacts
}

/** The disk at a place; throws FileNotFound, and CannotAccessFile for a file that is no disk. */
export function requireDisk(ctx: Context, place: Place): DiskFile {
  const file = requireFile(ctx.tx, place.datastore, place.path)
  if (!file.disk) throw fileFault(ctx.tx, 'CannotAccessFile', place)
  return { ...file, disk: file.disk }
}

/** The same, of a disk that nobody has open: throws FileLocked too. */
export function requireIdleDisk(ctx: Context, place: Place): DiskFile {
  const file = requireDisk(ctx, place)
  requireUnlocked(ctx.tx, place)
  return file
}

/** Throws unless a new disk can be made here: CannotCreateFile, FileNotFound for the directory, FileAlreadyExists. */
export function requireFree(ctx: Context, place: Place): void {
  const { datastore, path } = place
  if (!/[^/]\.vmdk$/i.test(path)) throw fileFault(ctx.tx, 'CannotCreateFile', place)
  requireDirectory(ctx.tx, datastore, directoryOf(path))
  if (fileAt(ctx.tx, datastore, path)) throw fileFault(ctx.tx, 'FileAlreadyExists', place)
}

/** Changes a disk, in its file and in the VMs that have it. Throws NoDiskSpace. */
export function changeDisk(ctx: Context, place: Place, file: DiskFile, changes: Partial<DiskFacts>): void {
  const disk: DiskFacts = { ...file.disk, ...changes }
  const { size, provisioned } = fileOf(disk, file.size)
  const own = file.blob === undefined ? {} : { blob: undefined, extent: takeBytes(ctx, place) }
  updateFile(ctx.tx, place.datastore, place.path, { ...own, size, provisioned, disk, modified: ctx.time })
  tellVms(ctx, place, (virtual, backing) =>
    patch(virtual, {
      capacityInKB: Math.floor(disk.capacity / 1024),
      capacityInBytes: disk.capacity,
      backing: patch(backing, {
        thinProvisioned: disk.thin,
        eagerlyScrub: disk.eager ?? backing.eagerlyScrub,
        uuid: disk.uuid ?? backing.uuid,
      }),
    }),
  )
}

/** What a descriptor that was sent says no longer holds: the disk becomes one file with the bytes that came beside it. */
function takeBytes({ tx }: Context, place: Place): DatastoreFile['extent'] {
  const bytes = bytesBeside(tx, place)
  const beside = extentOf(place)
  if (bytes) removeFile(tx, beside.datastore, beside.path)
  return bytes
}

/** Overwrites everything on a disk with zeros. */
export function blank(ctx: Context, place: Place): void {
  forgetImage(ctx.tx, place.datastore, place.path)
  changeDisk(ctx, place, requireDisk(ctx, place), {})
  updateFile(ctx.tx, place.datastore, place.path, { extent: undefined })
}

type Identifying = Pick<ReadContext, 'read' | 'services'>

/** What tells the disk from all others: as its file says, else as the VM that has it does, else as its place gives it. */
export function uuidOf(ctx: Identifying, place: Place, file: DiskFile): string {
  const [attached] = attachedTo(ctx.read, place)
  return file.disk.uuid ?? attached?.backing.uuid ?? newUuid(ctx, place)
}

/** A new disk's, as a function of its place and of how many disks there were before. */
export function newUuid(ctx: Identifying, place: Place, serial?: number): string {
  const purpose = serial === undefined ? '' : ` ${serial}`
  const uuid = (text: string) => ctx.services.random.uuid('', text)
  return diskIdentity({ uuid }, `${datastorePathOf(ctx.read, place)}${purpose}`).uuid
}
