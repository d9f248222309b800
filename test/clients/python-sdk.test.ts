import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFauxsphere, type Fauxsphere } from '#app/fauxsphere.js'
import { preparePython } from './python.js'
import { expectSame, expectWhole, linesOf, type Told } from './told.js'

/** What a story tells besides: an operation that the SDK called, or one that is missing. */
interface Line extends Told {
  readonly operation?: string
  readonly missing?: string
}

/** Stories need these and they do nothing yet; a line goes when its operation does something. */
const PENDING: readonly string[] = []

/** Distinct operations that the stories call; it only grows. */
const OPERATIONS = 150

const python = preparePython('python-sdk')

describe.skipIf(python === undefined)('the official Python SDK', () => {
  let server: Fauxsphere
  let lines: readonly Line[]

  beforeAll(async () => {
    server = await createFauxsphere({ port: 0, tls: true, logLevel: 'silent' })
    lines = linesOf((await python?.run('main.py', server.env)) ?? '')
  }, 120_000)

  afterAll(async () => {
    await server?.close()
  })

  it('sees and does what the other doors show', () => {
    expectSame(lines, 20)
  })

  it('tells every story to its end', () => {
    expectWhole(lines)
  })

  it('finds what its stories need', () => {
    const missing = lines.flatMap((line) => line.missing ?? []).filter((name) => !PENDING.includes(name))
    expect(missing).toEqual([])
  })

  it(`calls at least ${OPERATIONS} operations`, () => {
    expect(lines.filter((line) => line.operation !== undefined).length).toBeGreaterThanOrEqual(OPERATIONS)
  })
})
