import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Tables } from './tables.js'

const EXTRACTOR = fileURLToPath(new URL('./extract.py', import.meta.url))

export interface Scratch {
  readonly folder: string
  pip(...args: readonly string[]): void
  /** Runs table modules of the package in `packageFolder` against the recorder. */
  extract(packageFolder: string, modules: readonly string[]): Tables
}

/** Runs `work` with a virtual environment of its own in a temporary folder, removed afterwards. */
export function withScratch<Result>(work: (scratch: Scratch) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'fauxsphere-generate-'))
  const run = (command: string, args: readonly string[], quiet = true) =>
    execFileSync(command, args, {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', quiet ? 'pipe' : 'inherit'],
    })
  try {
    run('python3', ['-m', 'venv', join(folder, 'venv')])
    const python = join(folder, 'venv', 'bin', 'python')
    return work({
      folder,
      pip: (...args) => void run(python, ['-m', 'pip', '--disable-pip-version-check', '-q', ...args]),
      extract: (packageFolder, modules) =>
        JSON.parse(run(python, [EXTRACTOR, packageFolder, ...modules])) as Tables,
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
