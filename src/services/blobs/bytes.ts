import { Readable } from 'node:stream'
import type { Blobs } from '#store/blobs.js'

/** What a file is to the blob store. */
export interface FileBytes {
  readonly size: number
  /** Unset for a file whose bytes nobody ever sent: it reads as zeros. */
  readonly blob?: string | undefined
}

const PIECE = Buffer.alloc(64 * 1024)

/** Bytes of a file, from `start` to `end`, both included; zeros where nobody ever sent any. */
export async function bytesOf(
  blobs: Blobs,
  { blob, size }: FileBytes,
  range: { readonly start: number; readonly end: number } = { start: 0, end: size - 1 },
): Promise<Readable> {
  if (range.end < range.start) return Readable.from([])
  if (blob === undefined) return Readable.from(zeros(range.end - range.start + 1))
  const stream = await blobs.open(blob, range)
  if (!stream) throw new Error(`The blob ${blob} is missing.`)
  return stream
}

function* zeros(size: number) {
  for (let left = size; left > 0; left -= PIECE.length)
    yield left < PIECE.length ? PIECE.subarray(0, left) : PIECE
}

/** A small file as a text; undefined when it has more than `limit` bytes or none of its own. */
export async function textOf(blobs: Blobs, file: FileBytes, limit: number): Promise<string | undefined> {
  if (file.blob === undefined || file.size > limit) return undefined
  return Buffer.concat(await (await bytesOf(blobs, file)).toArray()).toString('utf8')
}
