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
  python(...args: readonly string[]): string
  /** Runs table modules of the package in `packageFolder` against the recorder. */
  extract(packageFolder: string, modules: readonly string[]): Tables
}

/** Runs `work` with a virtual environment of its own in a temporary folder, removed afterwards. */
export function withScratch<Result>(work: (scratch: Scratch) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'fauxsphere-generate-'))
  const run = (command: string, args: readonly string[]) =>
    execFileSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] })
  try {
    run('python3', ['-m', 'venv', join(folder, 'venv')])
    const interpreter = join(folder, 'venv', 'bin', 'python')
    const python = (...args: readonly string[]) => run(interpreter, args)
    return work({
      folder,
      python,
      pip: (...args) => void python('-m', 'pip', '--disable-pip-version-check', '-q', ...args),
      extract: (packageFolder, modules) => JSON.parse(python(EXTRACTOR, packageFolder, ...modules)) as Tables,
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
