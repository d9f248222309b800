import type { HeldBlob } from '#store/blobs.js'
import type { Client, Session } from '#vsphere/core/context.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import {
  type DatastoreFile,
  directoryExists,
  type FileType,
  fileAt,
  putFile,
  updateFile,
} from '#vsphere/datastore/files.js'
import { nameOf, type Place } from '#vsphere/datastore/paths.js'
import { volumeOf, volumes } from '#vsphere/datastore/volumes.js'
import { diskOfExtent } from '#vsphere/file-manager/extent.js'
import { requireUnlocked } from '#vsphere/file-manager/locks.js'
import { holdSession } from '#vsphere/session/activity.js'
import { diskIn, TELLING_BYTES } from '#vsphere/virtual-disk/descriptor.js'
import { forgetImage } from '#world/disk-image.js'
import { refusals } from './answers.js'

export interface Incoming {
  readonly place: Place
  readonly session: Session
  readonly client: Client
  readonly bytes: AsyncIterable<Uint8Array>
  /** As announced; undefined for a stream of unknown length. */
  readonly length: number | undefined
}

/**
 * Takes a file onto a datastore in place of one of that name; directories that are missing are made (govmomi#1332). Resolves
 * to whether the file is new. Throws a Refusal or what putFile throws; then nothing has changed.
 */
export async function receiveFile(sandbox: Sandbox, incoming: Incoming): Promise<'new' | 'replaced'> {
  const { place, session, client, length } = incoming
  const room = roomFor(sandbox, place)
  if (length !== undefined && length > room) throw refusals.full()
  requireTarget(sandbox, place)
  const release = holdSession(sandbox, session)
  try {
    const progress = (size: number) => {
      if (size > room) throw refusals.full()
    }
    const blob = await sandbox.services.blobs.put(incoming.bytes, { progress })
    try {
      const disk = isDisk(place) ? diskIn(await firstBytes(sandbox, blob)) : undefined
      const outcome = sandbox.transact({ session, client }, (ctx) => {
        requireTarget(sandbox, place)
        const extent = diskOfExtent(ctx.tx, place)
        if (extent) {
          const { digest, size } = blob
          const facts = { extent: { blob: digest, size }, size, modified: ctx.time }
          updateFile(ctx.tx, extent.datastore, extent.path, facts)
          forgetImage(ctx.tx, extent.datastore, extent.path)
          return 'replaced' as const
        }
        const known = fileAt(ctx.tx, place.datastore, place.path)
        forgetImage(ctx.tx, place.datastore, place.path)
        putFile(ctx.tx, place.datastore, place.path, {
          type: typeOf(place.path),
          size: blob.size,
          blob: blob.digest,
          modified: ctx.time,
          owner: known?.owner,
          disk,
        })
        return known ? ('replaced' as const) : ('new' as const)
      })
      sandbox.settle()
      return outcome
    } finally {
      blob.release()
    }
  } finally {
    release()
  }
}

/** Bytes that a file at this place may have: what is free, and what the file that it replaces takes. */
function roomFor({ inventory: { read } }: Sandbox, place: Place): number {
  const { capacity, used } = read.get(volumes, volumeOf(read, place.datastore))
  return Math.max(0, capacity - used) + (replaced(read, place)?.size ?? 0)
}

function replaced(read: Sandbox['inventory']['read'], place: Place): DatastoreFile | undefined {
  const { datastore, path } = diskOfExtent(read, place) ?? place
  return fileAt(read, datastore, path)
}

function requireTarget({ inventory: { read } }: Sandbox, place: Place): void {
  if (place.path === '' || directoryExists(read, place.datastore, place.path)) throw refusals.noFileHere()
  requireUnlocked(read, diskOfExtent(read, place) ?? place)
}

const isDisk = ({ path }: Place) => /\.vmdk$/i.test(path) && !/-flat\.vmdk$/i.test(path)

async function firstBytes({ services: { blobs } }: Sandbox, { digest, size }: HeldBlob): Promise<Buffer> {
  if (size === 0) return Buffer.alloc(0)
  const stream = await blobs.open(digest, { start: 0, end: Math.min(size, TELLING_BYTES) - 1 })
  return stream ? Buffer.concat(await stream.toArray()) : Buffer.alloc(0)
}

const TYPES: readonly FileType[] = ['vmx', 'vmdk', 'nvram', 'vmsd', 'vmsn', 'vswp', 'log', 'iso']

function typeOf(path: string): FileType {
  const extension = nameOf(path).toLowerCase().replace(/^.*\./, '')
  return TYPES.find((type) => type === extension) ?? 'other'
}
