import { Low } from 'lowdb'
import { type AppendLog, logFiles, logPath, openLog } from './append-log.js'
import { checkpointFile } from './checkpoint-file.js'
import type { Checkpoint } from './checkpoint-text.js'
import { codeOf, type Files, machineFiles } from './files.js'
import { lockDirectory } from './lock.js'
import { DamagedLine, type LogContent, readLog } from './log-text.js'
import { reasonOf, StoreError } from './store-error.js'
import { decode } from './value-text.js'

/**
 * A directory that keeps a state: a checkpoint (lowdb's document), the one before it, and the log of what changed
 * since. One process at a time.
 */
export interface Store {
  /** What the directory held; undefined for a new one, which needs `begin`. */
  readonly kept: Kept | undefined
  /** Opens the log and, in a new directory, writes the first checkpoint; `number` is that of the state it starts with. */
  begin(number: number, first: () => State): Promise<void>
  /** Adds an entry (JSON text) to the log; see AppendLog. */
  append(json: string, number: number): void
  /** See AppendLog. */
  saved(number: number): Promise<void> | undefined
  /** Bytes in the present log file. */
  readonly logSize: number
  /** Size of the log beyond which a checkpoint is worth its work. */
  readonly logLimit: number
  /** Writes a new checkpoint; `state` is asked once, for the newest state. Rejects with StoreError, losing nothing. */
  checkpoint(state: () => State): Promise<void>
  /** Makes everything durable and frees the directory. */
  close(): Promise<void>
  /** Frees the directory without saving anything more. */
  release(): Promise<void>
}

export type State = Omit<Checkpoint, 'log'>

export interface Kept {
  readonly state: State
  /** Log entries after the state, in order; some may be older than it. */
  readonly entries: readonly unknown[]
}

export interface StoreOptions {
  readonly files?: Files
  readonly logLimit?: number
  readonly warn?: (message: string) => void
}

const LOG_LIMIT = 8 * 1024 * 1024

/** Opens a directory, making it if there is none. Rejects with StoreError; then nothing in it has changed. */
export async function openStore(directory: string, options: StoreOptions = {}): Promise<Store> {
  const files = options.files ?? machineFiles
  const release = await prepare(directory, files)
  try {
    return await open(directory, files, options, once(release))
  } catch (error) {
    await release()
    throw wrap(error, `The state in ${directory} cannot be read`)
  }
}

async function prepare(directory: string, files: Files): Promise<() => Promise<void>> {
  try {
    await files.makeDirectory(directory)
    return await lockDirectory(directory, files)
  } catch (error) {
    throw wrap(error, `${directory} cannot be used for data`)
  }
}

async function open(
  directory: string,
  files: Files,
  options: StoreOptions,
  release: () => Promise<void>,
): Promise<Store> {
  const adapter = checkpointFile(directory, files, options.warn ?? (() => {}))
  const database = new Low<Checkpoint | null>(adapter, null)
  await database.read()
  const found = database.data
  database.data = null
  const names = logFiles(await files.list(directory))
  const logs = await readLogs(directory, files, names, found?.log)
  if (!found && logs.some(({ content }) => content.size > 0))
    throw new StoreError(
      `${directory} has a log but no checkpoint; put fauxsphere.json back, or use another directory.`,
    )
  const last = logs.at(-1)
  let log: AppendLog | undefined

  const opened = (): AppendLog => {
    if (!log) throw new Error('The store has not begun.')
    return log
  }

  const removeOldLogs = async () => {
    for (const file of logFiles(await files.list(directory)))
      if (file < adapter.firstLog) await files.remove(logPath(directory, file))
  }

  /** One after the other: two checkpoints at once would write to one draft. */
  let turn: Promise<unknown> = Promise.resolve()
  const write = (file: () => Promise<number>, state: () => State): Promise<void> => {
    const result = turn.then(async () => {
      const number = await file()
      database.data = { log: number, ...state() }
      try {
        await database.write()
      } finally {
        database.data = null
      }
      await removeOldLogs()
    })
    turn = result.catch(() => {})
    return result.catch((error) => {
      throw wrap(error, `The state cannot be saved in ${directory}`)
    })
  }

  return {
    kept: found
      ? {
          state: { facts: found.facts, sections: found.sections },
          entries: logs.flatMap(({ content }) =>
            content.lines.flatMap((line) => decode(JSON.parse(line)) as unknown[]),
          ),
        }
      : undefined,
    async begin(number, first) {
      const start = { directory, file: last?.file ?? 1, size: last?.content.size ?? 0, saved: number }
      try {
        log = await openLog(start, files)
      } catch (error) {
        throw wrap(error, `The state cannot be saved in ${directory}`)
      }
      if (!found) await write(async () => start.file, first)
    },
    append: (json, number) => opened().append(json, number),
    saved: (number) => opened().saved(number),
    get logSize() {
      return opened().size
    },
    logLimit: options.logLimit ?? LOG_LIMIT,
    checkpoint: (state) => write(() => opened().rotate(), state),
    async close() {
      try {
        await turn
        await log?.close()
      } finally {
        await release()
      }
    },
    release,
  }
}

interface ReadLog {
  readonly file: number
  readonly content: LogContent
}

/** The logs from `first` on; only the newest may end in the middle of a line. */
async function readLogs(
  directory: string,
  files: Files,
  names: readonly number[],
  first: number | undefined,
): Promise<readonly ReadLog[]> {
  const needed = first === undefined ? names : names.filter((file) => file >= first)
  const missing =
    first !== undefined && (needed[0] !== first || needed.some((file, at) => file !== first + at))
  if (missing) throw new StoreError(`${logPath(directory, first)} or a log after it is missing; put it back.`)
  const logs: ReadLog[] = []
  for (const file of needed) {
    const path = logPath(directory, file)
    const bytes = (await files.read(path)) ?? Buffer.alloc(0)
    try {
      const content = readLog(bytes)
      if (content.size < bytes.length && file !== needed.at(-1))
        throw new DamagedLine(content.lines.length + 1)
      logs.push({ file, content })
    } catch (error) {
      if (error instanceof DamagedLine)
        throw new StoreError(
          `${path} is damaged (line ${error.line}); nothing was changed: put a good copy in its place, or use another directory.`,
          { cause: error },
        )
      throw error
    }
  }
  return logs
}

function wrap(error: unknown, what: string): unknown {
  if (error instanceof StoreError || codeOf(error) === undefined) return error
  return new StoreError(`${what}: ${reasonOf(error)}.`, { cause: error })
}

function once(run: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | undefined
  return () => {
    result ??= run()
    return result
  }
}
