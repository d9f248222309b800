import { spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CACHES = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url))

/**
 * The folder of a client that is installed or built once, kept until what it is made of changes; undefined, with a visible
 * line, where it cannot be made. Where CI is set that is an error: a client that is not there tests nothing.
 */
export function prepared(
  client: string,
  madeOf: string | Uint8Array,
  make: (folder: string) => string | undefined,
): string | undefined {
  const home = join(CACHES, `${client}-${hash('sha256', madeOf, 'hex').slice(0, 12)}`)
  const problem = existsSync(home) ? undefined : putInPlace(home, make)
  if (problem === undefined) return home
  if (process.env.CI) throw new Error(`${client} cannot be tested: ${problem}`)
  console.warn(`SKIPPED: the tests with ${client}. ${problem}`)
  return undefined
}

/** Made aside and then put in place, so that tests that run at the same time never see half of it. */
function putInPlace(home: string, make: (folder: string) => string | undefined): string | undefined {
  mkdirSync(CACHES, { recursive: true })
  const aside = mkdtempSync(`${home}-`)
  const problem = make(aside)
  try {
    if (problem === undefined) renameSync(aside, home)
  } catch (error) {
    if (!existsSync(home)) throw error
  }
  rmSync(aside, { recursive: true, force: true })
  return problem
}

/** Runs a command to its end: what went wrong, undefined for nothing. */
export function failure(command: string, args: readonly string[], cwd?: string): string | undefined {
  const { error, status, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    ...(cwd === undefined ? {} : { cwd }),
  })
  if (error) return error.message
  return status === 0 ? undefined : `${command} ${args[1] ?? ''} failed: ${stderr}`
}
