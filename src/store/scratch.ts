import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const present = new Set<string>()

const remove = (directory: string) => {
  rmSync(directory, { recursive: true, force: true })
  present.delete(directory)
}

function removeAll(): void {
  for (const directory of present) remove(directory)
}

/** A temporary directory of this process, removed on demand, or when the process ends first (but for a kill -9). */
export function scratchDirectory(): { readonly directory: string; readonly remove: () => void } {
  if (!process.listeners('exit').includes(removeAll)) process.once('exit', removeAll)
  const directory = mkdtempSync(join(tmpdir(), 'fauxsphere-'))
  present.add(directory)
  return { directory, remove: () => remove(directory) }
}
