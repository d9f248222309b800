import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { codeOf, type Files } from './files.js'
import { StoreError } from './store-error.js'

/** Who holds a directory. */
interface Holder {
  readonly pid: number
  readonly host: string
  /** When the process began, as far as the system tells: a number is used again, this pair is not. */
  readonly began: string | undefined
}

const NAME = 'lock'
const ATTEMPTS = 5
let drafts = 0

/**
 * Makes this process the only user of a directory and resolves to the way to give it back. Rejects with StoreError
 * while another one uses it; the lock of a process that is gone is taken over.
 */
export async function lockDirectory(directory: string, files: Files): Promise<() => Promise<void>> {
  const path = join(directory, NAME)
  const text = JSON.stringify({
    pid: process.pid,
    host: hostname(),
    began: beginOf(process.pid),
  } satisfies Holder)
  const draft = join(directory, `${NAME}.${process.pid}-${++drafts}`)
  await writeDraft(draft, text, files)
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (await claim(draft, path, files)) return () => files.remove(path)
      await dismiss(path, `${draft}.old`, directory, files)
    }
  } finally {
    await files.remove(draft)
  }
  throw new StoreError(`Other processes are starting in ${directory} at the same time; try again.`)
}

async function writeDraft(path: string, text: string, files: Files): Promise<void> {
  await files.remove(path)
  const file = await files.create(path)
  await file.write(Buffer.from(text))
  await file.close()
}

/** The lock appears with its content or not at all. */
async function claim(draft: string, path: string, files: Files): Promise<boolean> {
  try {
    await files.link(draft, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** Takes a dead holder's lock away; throws when the holder lives. */
async function dismiss(path: string, aside: string, directory: string, files: Files): Promise<void> {
  const seen = (await files.read(path))?.toString()
  if (seen === undefined) return
  refuseIfHeld(seen, path, directory)
  await files.rename(path, aside).catch((error) => {
    if (codeOf(error) !== 'ENOENT') throw error
  })
  // Between reading and renaming another process may have done the same and locked: then that lock goes back.
  const taken = (await files.read(aside))?.toString()
  if (taken !== undefined && taken !== seen) await claim(aside, path, files)
  await files.remove(aside)
}

function refuseIfHeld(text: string, path: string, directory: string): void {
  const holder = parse(text)
  if (!holder)
    throw new StoreError(
      `${path} is not a lock of Fauxsphere; if nothing uses ${directory}, remove the file.`,
    )
  if (holder.host !== hostname())
    throw new StoreError(
      `${directory} is in use by process ${holder.pid} on ${holder.host}; if that is gone, remove ${path}.`,
    )
  if (isAlive(holder))
    throw new StoreError(
      `${directory} is in use by process ${holder.pid}; stop it, or give this one a directory of its own.`,
    )
}

function parse(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Partial<Holder>
    return Number.isInteger(holder.pid) && typeof holder.host === 'string' ? (holder as Holder) : undefined
  } catch {
    return undefined
  }
}

function isAlive({ pid, began }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
  const now = beginOf(pid)
  return began === undefined || now === undefined || began === now
}

/** When a process began, counted from when the system did; undefined where the system does not tell. */
function beginOf(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in parentheses and may hold spaces; the begin is the 22nd.
    return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return undefined
  }
}
