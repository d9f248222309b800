import { describe, expect, it } from 'vitest'
import { createFauxsphere } from '#app/fauxsphere.js'
import { preparePython } from './python.js'
import { expectSame, expectWhole, linesOf, type Told } from './told.js'

/** What was read of the whole world: how many properties, of which objects per type, and what went wrong. */
interface Read extends Told {
  readonly whole?: number
  readonly objects?: Readonly<Record<string, readonly string[]>>
  readonly wrong?: readonly string[]
}

const python = preparePython('pyvmomi', 'pyvmomi.txt')

/** What a program tells of a fresh server, and the objects that the server has at its end. */
async function told(seed: string, program: string, clock = {}) {
  const server = await createFauxsphere({ seed, port: 0, tls: true, logLevel: 'silent', ...clock })
  try {
    const lines = linesOf<Read>((await python?.run(`vmomi/${program}`, server.env)) ?? '')
    return { lines, objects: [...server.sandbox.inventory.read.ids('ManagedEntity')].sort() }
  } finally {
    await server.close()
  }
}

describe.skipIf(python === undefined)('pyVmomi', { timeout: 120_000 }, () => {
  it.each([
    ['smp-ft-nested', 800, 3],
    ['physical-lab', 300, 2],
    ['vcsim', 600, 3],
    ['empty', 60, 0],
  ])('decodes every property of every object of the seed %s', async (seed, properties, compared) => {
    const { lines, objects } = await told(seed, 'whole.py', { clock: { rate: 0 } })
    const read = lines.find((line) => line.whole !== undefined)
    expect(read?.wrong).toEqual([])
    expect(read?.whole).toBeGreaterThanOrEqual(properties)
    expect(Object.values(read?.objects ?? {}).flat()).toEqual(expect.arrayContaining(objects))
    expectSame(lines, compared)
  })

  it('sees and does what the other doors show', async () => {
    const { lines } = await told('smp-ft-nested', 'stories.py')
    expectWhole(lines)
    expectSame(lines, 75)
  })

  it('builds the lab of nested ESXi hosts, turns Fault Tolerance on, fails a host and turns it off', async () => {
    const { lines } = await told('physical-lab', 'lab.py')
    expectWhole(lines)
    expectSame(lines, 55)
  })
})
