import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { wireTo } from '#cli/lab.js'
import { runScenario } from '#cli/scenario/run.js'
import { parseScenario } from '#cli/scenario/scenario.js'
import { startProcess } from '../support/server-process.js'

/** Every `*.scenario` here and in examples/, each against a server of its own: the built command, over HTTP. */
const root = fileURLToPath(new URL('../../', import.meta.url))
const files = ['test/acceptance', 'examples'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.scenario'))
    .map((name) => join(root, folder, name)),
)

/** A scenario that takes longer hangs: its server is killed, which ends it. */
const MOST_MS = 25_000
const AT_ONCE = 2

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
  const server = await startProcess(['serve', '--port', '0', '--no-tls', ...scenario.options], {}, MOST_MS)
  let exchanges = 0
  try {
    await runScenario(scenario, wireTo(server.url, undefined), { exchange: () => void exchanges++ })
  } catch (error) {
    throw at(error)
  } finally {
    expect((await server.end('SIGTERM')).code, `${name}: the server's exit code`).toBe(0)
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
