import { fault } from '#vim25/fault.js'
import type { VirtualDiskSpec } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { imageOf, setImage } from '#world/disk-image.js'
import type { Context } from '../core/context.js'
import { type DiskFacts, fileAt, moveFile, putFile } from '../datastore/files.js'
import type { Place } from '../datastore/paths.js'
import { bytesBeside, extentOf } from '../file-manager/extent.js'
import { requireReadable, requireUnlocked } from '../file-manager/locks.js'
import { makeWay } from '../file-manager/transfer.js'
import { type DiskFile, newUuid, requireDisk } from './disk-file.js'
import { fileOf, layoutOf, wantedDisk } from './rules.js'

/**
 * Copies a disk with what is on it, laid out as `spec` asks. The copy is a disk of its own, whatever it came from: a descriptor
 * with its bytes in a second file, or one compressed stream, become one disk. Throws FileNotFound, FileAlreadyExists without
 * `force`, FileLocked, NoDiskSpace, InvalidArgument, InvalidDiskFormat for what is no disk.
 */
export function copyDisk(
  ctx: Context,
  from: Place,
  to: Place,
  { spec, force }: { readonly spec: VirtualDiskSpec | undefined; readonly force: boolean },
): void {
  const { tx } = ctx
  requireReadable(tx, from)
  const file = requireSource(ctx, from)
  makeWay(ctx, from, to, force)
  const disk: DiskFacts = {
    ...file.disk,
    ...layoutFor(spec),
    uuid: newUuid(ctx, to, tx.next('virtualDisk')),
  }
  putFile(tx, to.datastore, to.path, {
    ...fileOf(disk, file.size),
    modified: ctx.time,
    extent: file.extent ?? bytesBeside(tx, from),
  })
  const image = imageOf(tx, from.datastore, from.path)
  if (image) setImage(tx, to.datastore, to.path, image)
}

/** Only a copy says InvalidDiskFormat. */
function requireSource(ctx: Context, from: Place): DiskFile {
  const file = fileAt(ctx.tx, from.datastore, from.path)
  if (file && !file.disk) throw fault('InvalidDiskFormat', {})
  return requireDisk(ctx, from)
}

/** Copies into files may leave the size away: then nothing is checked but what there is. */
function layoutFor(
  spec: VirtualDiskSpec | undefined,
): Pick<DiskFacts, 'thin' | 'eager' | 'adapter'> | undefined {
  if (!spec) return undefined
  if (isA(spec._typeName, 'FileBackedVirtualDiskSpec')) {
    const { thin, eager, adapter } = wantedDisk(spec)
    return { thin, eager, adapter }
  }
  return { ...layoutOf(spec.diskType), adapter: spec.adapterType }
}

/** Moves or renames a disk, with its bytes if those are in a file of their own. Throws what `copyDisk` throws. */
export function moveDisk(ctx: Context, from: Place, to: Place, force: boolean): void {
  const { tx } = ctx
  requireDisk(ctx, from)
  requireUnlocked(tx, from)
  makeWay(ctx, from, to, force)
  moveFile(tx, from, to)
  const [bytes, target] = [extentOf(from), extentOf(to)]
  if (!fileAt(tx, bytes.datastore, bytes.path)) return
  makeWay(ctx, bytes, target, force)
  moveFile(tx, bytes, target)
}
