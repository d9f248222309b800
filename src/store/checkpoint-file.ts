import { join } from 'node:path'
import { setImmediate as otherWork } from 'node:timers/promises'
import { crc32 } from 'node:zlib'
import type { Adapter } from 'lowdb'
import {
  type Checkpoint,
  checkpointEnd,
  checkpointText,
  DamagedCheckpoint,
  NewerFormat,
  readCheckpoint,
} from './checkpoint-text.js'
import { codeOf, type Files, type WritableFile } from './files.js'
import { reasonOf, StoreError } from './store-error.js'

const MAIN = 'fauxsphere.json'
const BACKUP = 'fauxsphere.json.bak'
const DRAFT = 'fauxsphere.json.tmp'
const WRITE_BYTES = 256 * 1024

/** lowdb's adapter for the checkpoint. */
export interface CheckpointFile extends Adapter<Checkpoint | null> {
  /**
   * The checkpoint, or the one before it when the file is damaged (which is then set aside, not removed); null when
   * there is none. Throws StoreError when none can be used.
   */
  read(): Promise<Checkpoint | null>
  /** Writes beside the present file and then puts it in place; the present one becomes the backup. */
  write(checkpoint: Checkpoint | null): Promise<void>
  /** The first log file that a start from the checkpoint or from its backup needs. */
  readonly firstLog: number
}

/** `warn` gets one line for everything that a user should know. */
export function checkpointFile(
  directory: string,
  files: Files,
  warn: (message: string) => void,
): CheckpointFile {
  const path = (name: string) => join(directory, name)
  /** Of the two files, as far as they exist. */
  let logs: { main?: number; backup?: number } = {}

  const load = async (name: string): Promise<Checkpoint | string | undefined> => {
    const bytes = await files.read(path(name))
    if (!bytes) return undefined
    try {
      return readCheckpoint(bytes)
    } catch (error) {
      if (error instanceof NewerFormat)
        throw new StoreError(
          `${path(name)} was written by a newer Fauxsphere (format ${error.message}); use that, or another directory.`,
        )
      if (error instanceof DamagedCheckpoint) return error.message
      throw error
    }
  }

  const setAside = async (name: string): Promise<string> => {
    const names = new Set(await files.list(directory))
    let aside = ''
    for (let n = 1; aside === '' || names.has(aside); n++) aside = `${name}.broken-${n}`
    await files.rename(path(name), path(aside))
    return aside
  }

  return {
    get firstLog() {
      return Math.min(logs.main ?? Infinity, logs.backup ?? Infinity)
    },

    async read() {
      const main = await load(MAIN)
      const backup = await load(BACKUP)
      if (typeof main === 'object') {
        logs = { main: main.log, ...(typeof backup === 'object' ? { backup: backup.log } : {}) }
        return main
      }
      if (typeof backup === 'object') {
        logs = { backup: backup.log }
        if (main !== undefined)
          warn(
            `${path(MAIN)} is damaged (${main}); going on from its backup, the file is now ${await setAside(MAIN)}.`,
          )
        return backup
      }
      if (main === undefined && backup === undefined) return null
      throw new StoreError(
        `${path(main === undefined ? BACKUP : MAIN)} is damaged (${main ?? backup}) and no backup can be used; ` +
          'nothing was changed: put a good copy in its place, or use another directory.',
      )
    },

    async write(checkpoint) {
      if (!checkpoint) return
      try {
        await files.remove(path(DRAFT))
        await writeFile(await files.create(path(DRAFT)), checkpoint)
        await files.rename(path(MAIN), path(BACKUP)).then(
          () => {
            logs = logs.main === undefined ? logs : { backup: logs.main }
          },
          (error) => {
            if (codeOf(error) !== 'ENOENT') throw error
          },
        )
        await files.rename(path(DRAFT), path(MAIN))
        logs = { ...logs, main: checkpoint.log }
        await files.syncDirectory(directory)
      } catch (error) {
        await files.remove(path(DRAFT)).catch(() => {})
        throw new StoreError(`The state cannot be saved in ${directory}: ${reasonOf(error)}.`, {
          cause: error,
        })
      }
    },
  }
}

async function writeFile(file: WritableFile, checkpoint: Checkpoint): Promise<void> {
  let sum = 0
  let gathered: Buffer[] = []
  let size = 0
  const flush = async () => {
    await file.write(Buffer.concat(gathered))
    gathered = []
    size = 0
  }
  try {
    for (const piece of checkpointText(checkpoint)) {
      if (piece === '') await otherWork()
      const bytes = Buffer.from(piece)
      sum = crc32(bytes, sum)
      gathered.push(bytes)
      size += bytes.length
      if (size > WRITE_BYTES) await flush()
    }
    gathered.push(Buffer.from(checkpointEnd(sum.toString(16).padStart(8, '0'))))
    await flush()
    await file.sync()
  } finally {
    await file.close()
  }
}
