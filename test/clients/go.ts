import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { failure, prepared } from './prepared.js'

const PROGRAMS = fileURLToPath(new URL('./go/', import.meta.url))

/** What a program printed and how it ended. */
export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface Go {
  /** Runs one of the programs of test/clients/go to its end; a program that never ends is stopped. */
  run(program: string, args: readonly string[], env: object, input?: string): Promise<Ended>
}

/** The programs of test/clients/go, govc among them, built anew when their sources have changed. */
export function prepareGo(): Go | undefined {
  const home = prepared('govmomi', sources(PROGRAMS), (folder) =>
    failure('go', ['build', '-o', `${folder}/`, './...'], PROGRAMS),
  )
  if (home === undefined) return undefined
  // govc keeps sessions below HOME: each run of the tests has its own.
  const own = mkdtempSync(join(tmpdir(), 'fauxsphere-go-'))
  return {
    run: (program, args, env, input) =>
      run(join(home, program), args, { HOME: own, PATH: process.env.PATH, ...env }, input),
  }
}

const sources = (folder: string): string =>
  readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .map((path) => (statSync(path).isDirectory() ? sources(path) : readFileSync(path, 'utf8')))
    .join('\n')

function run(program: string, args: readonly string[], env: object, input = ''): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      program,
      args,
      { env: { ...env }, maxBuffer: 1 << 26, timeout: 60_000 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
        resolve({ code, stdout, stderr: error?.killed ? `${stderr}\nstopped after a minute` : stderr })
      },
    )
    child.stdin?.end(input)
  })
}
