import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { failure, prepared } from './prepared.js'

const PROGRAMS = fileURLToPath(new URL('./python/', import.meta.url))

export interface Python {
  /** Runs a program of test/clients/python against a server: what it printed. Rejects with what went wrong. */
  run(program: string, env: object): Promise<string>
}

/**
 * Python with the packages of a file of pins in a virtual environment of its own, made anew when the pins have changed.
 */
export function preparePython(client: string, pins = 'requirements.txt'): Python | undefined {
  const requirements = join(PROGRAMS, pins)
  const home = prepared(client, readFileSync(requirements), (folder) => {
    const pip = ['-m', 'pip', '--disable-pip-version-check', '-q', 'install', '--no-deps', '-r', requirements]
    return failure('python3', ['-m', 'venv', folder]) ?? failure(join(folder, 'bin', 'python'), pip)
  })
  return home === undefined
    ? undefined
    : { run: (program, env) => run(join(home, 'bin', 'python'), program, env) }
}

async function run(python: string, program: string, env: object): Promise<string> {
  const { PATH } = process.env
  const { stdout } = await promisify(execFile)(python, [join(PROGRAMS, program)], {
    env: { PATH, PYTHONDONTWRITEBYTECODE: '1', PYTHONPATH: PROGRAMS, ...env },
    maxBuffer: 1 << 26,
    timeout: 100_000,
  })
  return stdout
}
