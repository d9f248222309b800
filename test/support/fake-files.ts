import type { Files, WritableFile } from '#store/files.js'

/** Content as programs see it, and as it is on the disk. */
interface Inode {
  seen: Buffer
  durable: Buffer
}

/** What a disk holds after the power went away in the middle of unsynced work: nothing of it, half, or all. */
export type PowerCut = 'nothing' | 'half' | 'all'

/**
 * A file system in memory that knows what has been made durable, can fail at an operation, and can lose power. One
 * level of names is enough for the store.
 */
export class FakeFiles implements Files {
  /** Throws to let an operation fail; called before each with its name and path. */
  before: (operation: string, path: string) => void = () => {}
  /** Bytes that still fit on the disk. */
  room = Number.POSITIVE_INFINITY
  operations = 0
  #names = new Map<string, Inode>()
  #durableNames = new Map<string, Inode>()
  /** Changes of names that are not durable yet, in order. */
  #pending: ((names: Map<string, Inode>) => void)[] = []

  async read(path: string): Promise<Buffer | undefined> {
    const inode = this.#names.get(path)
    return inode && Buffer.from(inode.seen)
  }

  async append(path: string): Promise<WritableFile> {
    this.#step('append', path)
    return this.#writable(path, this.#names.get(path) ?? this.#make(path))
  }

  async create(path: string): Promise<WritableFile> {
    this.#step('create', path)
    if (this.#names.has(path)) throw failure('EEXIST')
    return this.#writable(path, this.#make(path))
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step('rename', from)
    const inode = this.#names.get(from)
    if (!inode) throw failure('ENOENT')
    this.#change((names) => {
      names.set(to, inode)
      names.delete(from)
    })
  }

  async link(from: string, to: string): Promise<void> {
    this.#step('link', from)
    const inode = this.#names.get(from)
    if (!inode) throw failure('ENOENT')
    if (this.#names.has(to)) throw failure('EEXIST')
    this.#change((names) => names.set(to, inode))
  }

  async remove(path: string): Promise<void> {
    this.#step('remove', path)
    this.#change((names) => names.delete(path))
  }

  async list(directory: string): Promise<readonly string[]> {
    return [...this.#names.keys()]
      .filter((path) => path.startsWith(`${directory}/`))
      .map((path) => path.slice(directory.length + 1))
  }

  async makeDirectory(): Promise<void> {}

  async syncDirectory(path: string): Promise<void> {
    this.#step('sync', path)
    for (const change of this.#pending.splice(0)) change(this.#durableNames)
  }

  /** The process and its lock are gone; what it wrote is there. */
  kill(): FakeFiles {
    return this.#successor(this.#names, ({ seen }) => seen)
  }

  /** The machine is gone; the disk has what was synced, and more or less of the rest. */
  cutPower(mode: PowerCut): FakeFiles {
    const part = mode === 'nothing' ? 0 : mode === 'half' ? 0.5 : 1
    const names = new Map(this.#durableNames)
    for (const change of this.#pending.slice(0, Math.ceil(this.#pending.length * part))) change(names)
    return this.#successor(names, ({ seen, durable }) =>
      seen.length >= durable.length && seen.subarray(0, durable.length).equals(durable)
        ? seen.subarray(0, durable.length + Math.floor((seen.length - durable.length) * part))
        : part === 0
          ? durable
          : seen,
    )
  }

  /** Puts content in place, as somebody with an editor would. */
  put(path: string, content: Buffer | string): void {
    const bytes = Buffer.from(content)
    this.#names.set(path, { seen: bytes, durable: bytes })
  }

  /** Everything, as text, by path. */
  dump(): Record<string, string> {
    return Object.fromEntries([...this.#names].map(([path, { seen }]) => [path, seen.toString()]))
  }

  #successor(names: ReadonlyMap<string, Inode>, content: (inode: Inode) => Buffer): FakeFiles {
    const next = new FakeFiles()
    for (const [path, inode] of names) {
      if (path.endsWith('/lock')) continue
      const bytes = Buffer.from(content(inode))
      const copy = { seen: bytes, durable: bytes }
      next.#names.set(path, copy)
      next.#durableNames.set(path, copy)
    }
    return next
  }

  #step(operation: string, path: string): void {
    this.before(operation, path)
    this.operations++
  }

  #change(change: (names: Map<string, Inode>) => void): void {
    change(this.#names)
    this.#pending.push(change)
  }

  #make(path: string): Inode {
    const inode = { seen: Buffer.alloc(0), durable: Buffer.alloc(0) }
    this.#change((names) => names.set(path, inode))
    return inode
  }

  #writable(path: string, inode: Inode): WritableFile {
    return {
      write: async (bytes) => {
        this.#step('write', path)
        const fits = bytes.subarray(0, Math.max(0, this.room))
        this.room -= fits.length
        inode.seen = Buffer.concat([inode.seen, fits])
        if (fits.length < bytes.length) throw failure('ENOSPC')
      },
      sync: async () => {
        this.#step('sync', path)
        inode.durable = inode.seen
      },
      truncate: async (size) => {
        this.#step('truncate', path)
        inode.seen = inode.seen.subarray(0, size)
      },
      close: async () => {},
    }
  }
}

export function failure(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: made to fail`), { code })
}
