import { link, mkdir, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'

/** What the store asks of a file system; replaced in tests by one that fails or forgets. */
export interface Files {
  /** The whole file, or undefined when there is none. */
  read(path: string): Promise<Buffer | undefined>
  /** Opens for writing at the end; makes the file if there is none. */
  append(path: string): Promise<WritableFile>
  /** Makes a new file; rejects with EEXIST when there is one. */
  create(path: string): Promise<WritableFile>
  rename(from: string, to: string): Promise<void>
  /** A second name for a file; rejects with EEXIST when the name is taken. */
  link(from: string, to: string): Promise<void>
  /** Removing what is not there is no error. */
  remove(path: string): Promise<void>
  list(directory: string): Promise<readonly string[]>
  makeDirectory(path: string): Promise<void>
  /** Makes names that were given, changed or taken in the directory durable. */
  syncDirectory(path: string): Promise<void>
}

export interface WritableFile {
  write(bytes: Buffer): Promise<void>
  /** Makes the content durable. */
  sync(): Promise<void>
  /** Cuts the file off after so many bytes. */
  truncate(size: number): Promise<void>
  close(): Promise<void>
}

/** The machine's file system. Files are for their owner alone: the state holds passwords and tokens. */
export const machineFiles: Files = {
  async read(path) {
    try {
      return await readFile(path)
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined
      throw error
    }
  },
  append: (path) => openFile(path, 'a'),
  create: (path) => openFile(path, 'wx'),
  rename,
  link,
  async remove(path) {
    try {
      await unlink(path)
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error
    }
  },
  list: (directory) => readdir(directory),
  async makeDirectory(path) {
    await makeParents(path)
  },
  async syncDirectory(path) {
    const handle = await open(path, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  },
}

async function openFile(path: string, flags: string): Promise<WritableFile> {
  const handle = await open(path, flags, 0o600)
  return {
    async write(bytes) {
      for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten
    },
    sync: () => handle.datasync(),
    truncate: (size) => handle.truncate(size),
    close: () => handle.close(),
  }
}

/** The system's code of a failure (`ENOSPC`), or undefined. */
export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code
}

/**
 * A directory with its parents. Not mkdir's own `recursive`, which never comes back from a place where nothing can be made
 * (/proc).
 */
async function makeParents(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 })
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return
    if (code !== 'ENOENT' || dirname(path) === path) throw error
    await makeParents(dirname(path))
    await mkdir(path, { mode: 0o700 }).catch((late) => {
      // Somebody else made it meanwhile.
      if (codeOf(late) !== 'EEXIST') throw late
    })
  }
}
