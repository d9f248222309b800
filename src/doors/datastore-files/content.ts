import { Readable } from 'node:stream'
import { bytesOf } from '#services/blobs/bytes.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { type DatastoreFile, fileAt } from '#vsphere/datastore/files.js'
import type { Place } from '#vsphere/datastore/paths.js'
import { diskOfExtent } from '#vsphere/file-manager/extent.js'
import { logText } from '#vsphere/file-manager/log-text.js'
import { configIn, vmxText } from '#vsphere/file-manager/vmx-text.js'
import { descriptorOf } from '#vsphere/virtual-disk/descriptor.js'
import type { ByteRange } from '../library-data/byte-range.js'

/** What a file says when it is read. */
export interface Content {
  readonly file: DatastoreFile
  readonly size: number
  /** The bytes of a part, both ends included. */
  bytes(range: ByteRange): Promise<Readable>
}

/**
 * The content of the file at a place; undefined where there is none. Files that somebody sent are what was sent; those that
 * came with VMs are written when they are read: configurations, logs and disk descriptors as texts, all others as zeros
 * (deviation 84).
 */
export function contentAt(sandbox: Sandbox, place: Place): Content | undefined {
  const { read } = sandbox.inventory
  const disk = diskOfExtent(read, place)
  if (disk) return extentContent(sandbox, fileAt(read, disk.datastore, disk.path))
  const file = fileAt(read, place.datastore, place.path)
  if (!file) return undefined
  if (file.blob === undefined) {
    const text = textOf(sandbox, place, file)
    if (text !== undefined) return textContent(file, text)
  }
  const { size, blob } = file
  return { file, size, bytes: (range) => bytesOf(sandbox.services.blobs, { size, blob }, range) }
}

function textOf({ inventory: { read }, services }: Sandbox, place: Place, file: DatastoreFile) {
  if (file.disk) return descriptorOf({ read, services }, place, file)
  if (/\.vmt?x$/.test(file.name)) {
    const config = configIn(read, place, file)
    return config && vmxText(config)
  }
  return /^vmware(?:-\d+)?\.log$/.test(file.name) ? logText(read, place, file) : undefined
}

function textContent(file: DatastoreFile, text: string): Content {
  const all = Buffer.from(text)
  return {
    file,
    size: all.length,
    bytes: async ({ start, end }) => Readable.from([all.subarray(start, end + 1)]),
  }
}

/** The bytes that the guest sees: those that were sent, and zeros behind them. */
function extentContent(
  { services: { blobs } }: Sandbox,
  file: DatastoreFile | undefined,
): Content | undefined {
  if (!file?.disk) return undefined
  const sent = file.extent?.size ?? 0
  const size = Math.max(file.disk.capacity, sent)
  return {
    file,
    size,
    async bytes({ start, end }) {
      if (sent === 0 || start >= sent) return bytesOf(blobs, { size }, { start, end })
      const last = Math.min(end, sent - 1)
      const first = await bytesOf(blobs, { size: sent, blob: file.extent?.blob }, { start, end: last })
      if (last === end) return first
      const rest = await bytesOf(blobs, { size }, { start: last + 1, end })
      return Readable.from(inOrder(first, rest), { objectMode: false })
    },
  }
}

async function* inOrder(...streams: readonly Readable[]) {
  for (const stream of streams) yield* stream
}
