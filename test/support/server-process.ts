import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

/** The built command; `npm test` builds it first. */
export const COMMAND = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
}

export interface ServerProcess {
  readonly url: string
  readonly child: ChildProcessByStdio<null, Readable, Readable>
  /** Sends a signal and resolves when the process is gone. */
  end(signal: NodeJS.Signals): Promise<Ended>
  readonly ended: Promise<Ended>
}

/** Runs the built command to its end. */
export async function runCommand(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return launch(args, env).ended
}

/**
 * Starts the built command in the repository's root and resolves when it is ready; rejects with what it said when it
 * ends instead. After `mostMs` it is killed, which ends whatever waits for it.
 */
export async function startProcess(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  mostMs?: number,
): Promise<ServerProcess> {
  const { child, ended } = launch(args, env, mostMs)
  const url = await Promise.race([
    readyUrl(child.stdout),
    ended.then(({ code, err }) => Promise.reject(new Error(`The command ended with ${code}: ${err}`))),
  ])
  return {
    url,
    child,
    ended,
    end(signal) {
      child.kill(signal)
      return ended
    },
  }
}

function launch(args: readonly string[], env: NodeJS.ProcessEnv, mostMs?: number) {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...env },
    timeout: mostMs,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const ended = once(child, 'close').then(([code, signal]): Ended => ({ code, signal, out, err }))
  return { child, ended }
}

function readyUrl(stdout: Readable): Promise<string> {
  let text = ''
  return new Promise((resolve) => {
    stdout.on('data', (more: string) => {
      text += more
      const url = /is ready at (\S+)\n/.exec(text)?.[1]
      if (url) resolve(url)
    })
  })
}
