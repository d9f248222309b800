import { execFile, spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const PROGRAMS = fileURLToPath(new URL('./python/', import.meta.url))
const REQUIREMENTS = join(PROGRAMS, 'requirements.txt')
const CACHES = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url))
const HOME = join(CACHES, `python-sdk-${hash('sha256', readFileSync(REQUIREMENTS), 'hex').slice(0, 12)}`)

export interface Python {
  /** Runs a program of test/clients/python against a server: what it printed. Rejects with what went wrong. */
  run(program: string, env: object): Promise<string>
}

/**
 * Python with the SDK in a virtual environment of its own, made when there is none yet or its pins have changed. Undefined,
 * with a visible line, where there is no Python or its packages cannot be had; where CI is set, that is an error.
 */
export function preparePython(): Python | undefined {
  const problem = prepare()
  if (problem === undefined) return { run }
  if (process.env.CI) throw new Error(`The Python SDK cannot be tested: ${problem}`)
  console.warn(`SKIPPED: the tests with the official Python SDK. ${problem}`)
  return undefined
}

/** Made aside and then put in place, so that tests that run at the same time never see half of it. */
function prepare(): string | undefined {
  if (existsSync(HOME)) return undefined
  mkdirSync(CACHES, { recursive: true })
  const aside = mkdtempSync(`${HOME}-`)
  const pip = ['-m', 'pip', '--disable-pip-version-check', '-q', 'install', '--no-deps', '-r', REQUIREMENTS]
  const problem = failure('python3', ['-m', 'venv', aside]) ?? failure(join(aside, 'bin', 'python'), pip)
  try {
    if (problem === undefined) renameSync(aside, HOME)
  } catch (error) {
    if (!existsSync(HOME)) throw error
  }
  rmSync(aside, { recursive: true, force: true })
  return problem
}

function failure(command: string, args: readonly string[]): string | undefined {
  const { error, status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (error) return error.message
  return status === 0 ? undefined : `${command} ${args[1] ?? ''} failed: ${stderr}`
}

async function run(program: string, env: object): Promise<string> {
  const { PATH } = process.env
  const { stdout } = await promisify(execFile)(join(HOME, 'bin', 'python'), [join(PROGRAMS, program)], {
    env: { PATH, PYTHONDONTWRITEBYTECODE: '1', ...env },
    maxBuffer: 1 << 26,
    timeout: 100_000,
  })
  return stdout
}
