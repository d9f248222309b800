import { createHash, type Hash } from 'node:crypto'
import { open as openFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { codeOf, type Files, machineFiles, type WritableFile } from './files.js'
import { scratchDirectory } from './scratch.js'

/**
 * Bytes of files, by their content: what is put twice is kept once. The state of a world refers to them by digest, so that
 * snapshots, restores and the log carry no bytes. What no state refers to any more goes at the next `sweep`.
 */
export interface Blobs {
  /**
   * Keeps what a stream gives, in bounded memory. Resolves when the bytes are as durable as the place is; rejects with the
   * stream's error or the file system's, leaving nothing. The blob stays until it is released and no state refers to it.
   */
  put(bytes: AsyncIterable<Uint8Array>, options?: PutOptions): Promise<HeldBlob>
  /** The bytes from `start` to `end`, both included and from 0; undefined when there is no such blob. */
  open(
    digest: string,
    range?: { readonly start: number; readonly end: number },
  ): Promise<Readable | undefined>
  /**
   * Removes blobs that nobody holds and `inUse` does not know, once the state that does not know them is durable, and what
   * interrupted puts have left; resolves to the number of blobs removed.
   */
  sweep(inUse: (digest: string) => boolean): Promise<number>
  /** Takes no more; a temporary place is removed. */
  close(): void
}

export const HASHES = ['md5', 'sha1', 'sha256', 'sha512'] as const
export type HashName = (typeof HASHES)[number]

export interface PutOptions {
  /** Further hashes to compute on the way. */
  readonly hashes?: readonly HashName[]
  /** Told the number of bytes so far. */
  progress?(bytes: number): void
}

export interface Blob {
  /** SHA-256, in lower-case hex. */
  readonly digest: string
  readonly size: number
  /** In lower-case hex: `sha256`, and those that were asked for. */
  readonly hashes: Readonly<Partial<Record<HashName, string>>>
}

export interface HeldBlob extends Blob {
  /** To be called when a state refers to the blob, or nobody wants it. */
  release(): void
}

/**
 * Blobs of a world that is kept: every put is durable before it resolves. `settled` resolves when the world's present state
 * is durable; undefined when it is already.
 */
export function keptBlobs(
  directory: string,
  settled: () => Promise<void> | undefined = () => undefined,
  files: Files = machineFiles,
): Blobs {
  return createBlobs({ directory: () => directory, durable: true, settled, dispose() {} }, files)
}

/** Blobs of a world in memory: in a temporary directory, made when the first one comes. */
export function scratchBlobs(files: Files = machineFiles): Blobs {
  let scratch: ReturnType<typeof scratchDirectory> | undefined
  const directory = () => {
    scratch ??= scratchDirectory()
    return scratch.directory
  }
  return createBlobs(
    { directory, durable: false, settled: () => undefined, dispose: () => scratch?.remove() },
    files,
  )
}

interface Place {
  directory(): string
  readonly durable: boolean
  settled(): Promise<void> | undefined
  dispose(): void
}

const INCOMING = 'incoming'
const DIGEST = /^[0-9a-f]{64}$/
let incoming = 0

function createBlobs(place: Place, files: Files): Blobs {
  const held = new Map<string, number>()
  const writing = new Set<string>()
  /** What came since the last sweep began: a log that is not durable yet may refer to it. */
  let fresh = new Set<string>()
  let used = place.durable
  let closed = false

  const shardOf = (digest: string) => join(place.directory(), digest.slice(0, 2))
  const pathOf = (digest: string) => join(shardOf(digest), digest)

  const hold = (digest: string): (() => void) => {
    held.set(digest, (held.get(digest) ?? 0) + 1)
    let holding = true
    return () => {
      if (!holding) return
      holding = false
      const left = (held.get(digest) ?? 1) - 1
      if (left > 0) held.set(digest, left)
      else held.delete(digest)
    }
  }

  const settle = async (draft: string, digest: string) => {
    const shard = shardOf(digest)
    await files.makeDirectory(shard)
    await files.rename(draft, pathOf(digest))
    if (!place.durable) return
    await files.syncDirectory(shard)
    await files.syncDirectory(place.directory())
  }

  const removeLeftOvers = async () => {
    const directory = join(place.directory(), INCOMING)
    for (const name of await list(files, directory))
      if (!writing.has(name)) await files.remove(join(directory, name))
  }

  return {
    async put(bytes, options = {}) {
      if (closed) throw new Error('The world is closed; its files take no more bytes.')
      used = true
      const directory = join(place.directory(), INCOMING)
      await files.makeDirectory(directory)
      const name = `${process.pid}-${++incoming}`
      const draft = join(directory, name)
      writing.add(name)
      try {
        const file = await files.create(draft)
        const { size, hashes } = await write(file, bytes, options, place.durable)
        const digest = hashes.sha256 as string
        const release = hold(digest)
        fresh.add(digest)
        try {
          await settle(draft, digest)
        } catch (error) {
          release()
          throw error
        }
        return { digest, size, hashes, release }
      } catch (error) {
        await files.remove(draft)
        throw error
      } finally {
        writing.delete(name)
      }
    },

    async open(digest, range) {
      if (!used || !DIGEST.test(digest)) return undefined
      try {
        const handle = await openFile(pathOf(digest), 'r')
        return handle.createReadStream(range)
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined
        throw error
      }
    },

    async sweep(inUse) {
      if (!used || closed) return 0
      fresh = new Set()
      const idle = (digest: string) => !held.has(digest) && !fresh.has(digest) && !inUse(digest)
      await removeLeftOvers()
      const stale: string[] = []
      for (const shard of await list(files, place.directory()))
        if (/^[0-9a-f]{2}$/.test(shard))
          for (const digest of await list(files, join(place.directory(), shard)))
            if (DIGEST.test(digest) && idle(digest)) stale.push(digest)
      if (stale.length === 0) return 0
      await place.settled()
      let removed = 0
      for (const digest of stale)
        if (!closed && idle(digest)) {
          await files.remove(pathOf(digest))
          removed++
        }
      return removed
    },

    close() {
      closed = true
      place.dispose()
    },
  }
}

async function write(
  file: WritableFile,
  bytes: AsyncIterable<Uint8Array>,
  { hashes: wanted = [], progress }: PutOptions,
  durable: boolean,
): Promise<Pick<Blob, 'size' | 'hashes'>> {
  const digests = new Map<HashName, Hash>()
  for (const name of ['sha256', ...wanted] as const) digests.set(name, createHash(name))
  let size = 0
  try {
    for await (const chunk of bytes) {
      const buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk)
      for (const digest of digests.values()) digest.update(buffer)
      await file.write(buffer)
      size += buffer.length
      progress?.(size)
    }
    if (durable) await file.sync()
  } finally {
    await file.close()
  }
  return {
    size,
    hashes: Object.fromEntries([...digests].map(([name, digest]) => [name, digest.digest('hex')])),
  }
}

async function list(files: Files, directory: string): Promise<readonly string[]> {
  try {
    return await files.list(directory)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}
