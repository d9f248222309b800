import { join } from 'node:path'
import type { Files, WritableFile } from './files.js'
import { logLine } from './log-text.js'
import { reasonOf, StoreError } from './store-error.js'

/**
 * The log of commits, in numbered files. Appending costs nothing but memory; entries are written and made durable
 * together, one line and one sync for all that are there, while the next ones gather. So what was appended without
 * waiting in between (the many commits of a reset, a call with the work that it set going) is kept whole or not at all.
 */
export interface AppendLog {
  /** Adds an entry; `number` (growing) is what `saved` asks for. */
  append(json: string, number: number): void
  /**
   * Resolves when everything up to `number` is durable; undefined if it is already. Rejects with StoreError when it
   * cannot be written: nothing is lost then, and asking again tries again.
   */
  saved(number: number): Promise<void> | undefined
  /** Bytes in the present file. */
  readonly size: number
  /** Goes on in a new file and resolves to its number. Entries that are not durable yet may go to the new one. */
  rotate(): Promise<number>
  /** Writes what is left and closes; rejects like `saved`. */
  close(): Promise<void>
}

export interface LogStart {
  readonly directory: string
  /** The file to go on with. */
  readonly file: number
  /** Its good bytes; what follows them is cut off. */
  readonly size: number
  /** Everything up to this number is durable. */
  readonly saved: number
}

export const logPath = (directory: string, file: number) => join(directory, `log-${file}.jsonl`)

/** The numbers of the log files in a directory, in order. */
export function logFiles(names: readonly string[]): readonly number[] {
  return names
    .map((name) => Number(/^log-(\d+)\.jsonl$/.exec(name)?.[1] ?? Number.NaN))
    .filter((number) => !Number.isNaN(number))
    .sort((a, b) => a - b)
}

export async function openLog(start: LogStart, files: Files): Promise<AppendLog> {
  const { directory } = start
  let { file, size, saved } = start
  let handle = await openAt(file, size)
  let queue: string[] = []
  let queued = saved
  let waiters: { readonly number: number; resolve(): void; reject(error: unknown): void }[] = []
  /** True while the file may hold the beginning of a write that failed. */
  let torn = false
  let turn: Promise<unknown> = Promise.resolve()
  let flushing = false

  async function openAt(number: number, goodSize: number): Promise<WritableFile> {
    const opened = await files.append(logPath(directory, number))
    await opened.truncate(goodSize)
    await opened.sync()
    await files.syncDirectory(directory)
    return opened
  }

  /** One after the other: writes and changes of the file. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const result = turn.then(act)
    turn = result.catch(() => {})
    return result
  }

  async function mend(): Promise<void> {
    if (!torn) return
    await handle.truncate(size)
    torn = false
  }

  async function writeQueue(): Promise<void> {
    while (queue.length > 0) {
      const entries = queue
      const upTo = queued
      queue = []
      try {
        await mend()
        const bytes = Buffer.from(logLine(`[${entries.join(',')}]`))
        torn = true
        await handle.write(bytes)
        await handle.sync()
        torn = false
        size += bytes.length
      } catch (error) {
        queue = entries.concat(queue)
        throw error
      }
      saved = upTo
      const done = waiters.filter((waiter) => waiter.number <= saved)
      waiters = waiters.filter((waiter) => waiter.number > saved)
      for (const waiter of done) waiter.resolve()
    }
  }

  function flush(): void {
    if (flushing) return
    flushing = true
    void inTurn(writeQueue).then(
      () => flushed(queue.length > 0),
      (error) => {
        const why = new StoreError(`The state cannot be saved in ${directory}: ${reasonOf(error)}.`, {
          cause: error,
        })
        for (const waiter of waiters.splice(0)) waiter.reject(why)
        flushed(false)
      },
    )
  }

  function flushed(more: boolean): void {
    flushing = false
    if (more || waiters.length > 0) flush()
  }

  function savedUpTo(number: number): Promise<void> | undefined {
    if (number <= saved) return undefined
    return new Promise<void>((resolve, reject) => {
      waiters.push({ number, resolve, reject })
      flush()
    })
  }

  return {
    append(json, number) {
      queue.push(json)
      queued = number
      flush()
    },
    saved: savedUpTo,
    get size() {
      return size
    },
    rotate: () =>
      inTurn(async () => {
        await mend()
        const next = await openAt(file + 1, 0)
        await handle.close()
        handle = next
        file += 1
        size = 0
        return file
      }),
    async close() {
      await savedUpTo(queued)
      await inTurn(() => handle.close())
    },
  }
}
