import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { wireTo } from '#cli/lab.js'
import { runScenario } from '#cli/scenario/run.js'
import { parseScenario } from '#cli/scenario/scenario.js'

/** Every `*.scenario` here and in examples/, each against a server of its own: the built command, over HTTP. */
const root = fileURLToPath(new URL('../../', import.meta.url))
const files = ['test/acceptance', 'examples'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.scenario'))
    .map((name) => join(root, folder, name)),
)

const COMMAND = join(root, 'dist/cli/main.js')
/** A scenario that takes longer hangs: its server is killed, which ends it. */
const MOST_MS = 25_000
const AT_ONCE = 2

interface Served {
  readonly url: string
  /** Ends the server; its exit code. */
  stop(): Promise<unknown>
}

async function serve(options: readonly string[], limit: AbortSignal): Promise<Served> {
  const directory = mkdtempSync(join(tmpdir(), 'fauxsphere-acceptance-'))
  const file = join(directory, 'env')
  const child = spawn(
    process.execPath,
    [COMMAND, 'serve', '--port', '0', '--no-tls', '--write-env', file, ...options],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const ended = once(child, 'exit')
  limit.addEventListener('abort', () => child.kill('SIGKILL'))
  await ready(child)
  const url = /^FAUXSPHERE_URL=(.*)$/m.exec(readFileSync(file, 'utf8'))?.[1]
  if (url === undefined) throw new Error(`The server did not write its URL to ${file}.`)
  return {
    url,
    async stop() {
      child.kill('SIGTERM')
      const [code] = await ended
      rmSync(directory, { recursive: true, force: true })
      return code
    },
  }
}

/** Resolves when the command says that it answers, rejects with what it says when it ends before. */
function ready(child: ChildProcess): Promise<void> {
  let said = ''
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (text) => {
      said += text
    })
    child.stdout?.on('data', (text) => {
      said += text
      if (said.includes('is ready at')) resolve()
    })
    child.on('exit', (code) => reject(new Error(`The server ended with ${code}: ${said}`)))
  })
}

/** Plays one file; a failure begins with `file:line`. */
async function play(file: string): Promise<number> {
  const name = relative(root, file)
  const at = (error: unknown) =>
    new Error((error as Error).message.replace(/^line (\d+):/, `${name}:$1:`), { cause: error })
  const scenario = (() => {
    try {
      return parseScenario(readFileSync(file, 'utf8'))
    } catch (error) {
      throw at(error)
    }
  })()
  const server = await serve(scenario.options, AbortSignal.timeout(MOST_MS))
  let exchanges = 0
  try {
    await runScenario(scenario, wireTo(server.url, undefined), { exchange: () => void exchanges++ })
  } catch (error) {
    throw at(error)
  } finally {
    expect(await server.stop(), `${name}: the server's exit code`).toBe(0)
  }
  return exchanges
}

/** At most so many at once; the others wait for their turn. */
function limited(most: number): <T>(run: () => Promise<T>) => Promise<T> {
  let free = most
  const waiting: (() => void)[] = []
  return async (run) => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await run()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}

describe.concurrent('acceptance', () => {
  const turn = limited(AT_ONCE)

  it.each(files.map((file) => [relative(root, file), file]))(
    '%s',
    async (_name, file) => {
      expect(await turn(() => play(file))).toBeGreaterThan(0)
    },
    2 * MOST_MS * files.length,
  )
})
