import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFauxsphere, type Fauxsphere } from '#app/fauxsphere.js'
import { preparePython } from './python.js'

/** What a story tells: an operation that the SDK called, one that is missing, or what several doors say of one thing. */
interface Line {
  readonly operation?: string
  readonly missing?: string
  /** A story that ended before its end, and why. */
  readonly broken?: string
  readonly why?: string
  readonly same?: string
  readonly values?: Readonly<Record<string, unknown>>
}

/** Stories need these and they do nothing yet; a line goes when its operation does something. */
const PENDING: readonly string[] = []

/** Distinct operations that the stories call; it only grows. */
const OPERATIONS = 150

const python = preparePython()

describe.skipIf(python === undefined)('the official Python SDK', () => {
  let server: Fauxsphere
  let lines: readonly Line[]

  beforeAll(async () => {
    server = await createFauxsphere({ port: 0, tls: true, logLevel: 'silent' })
    lines = ((await python?.run('main.py', server.env)) ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line)
  }, 120_000)

  afterAll(async () => {
    await server?.close()
  })

  it('sees and does what the other doors show', () => {
    const told = lines.filter((line) => line.same !== undefined)
    expect(told.length).toBeGreaterThan(20)
    for (const { same, values = {} } of told) {
      const [first, ...others] = Object.values(values)
      expect(others.length, `${same} has nothing to compare with`).toBeGreaterThan(0)
      for (const other of others) expect(other, `${same}: ${JSON.stringify(values)}`).toEqual(first)
    }
  })

  it('tells every story to its end', () => {
    expect(lines.filter((line) => line.broken !== undefined)).toEqual([])
  })

  it('finds what its stories need', () => {
    const missing = lines.flatMap((line) => line.missing ?? []).filter((name) => !PENDING.includes(name))
    expect(missing).toEqual([])
  })

  it(`calls at least ${OPERATIONS} operations`, () => {
    expect(lines.filter((line) => line.operation !== undefined).length).toBeGreaterThanOrEqual(OPERATIONS)
  })
})
