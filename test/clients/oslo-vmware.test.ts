import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFauxsphere, type Fauxsphere } from '#app/fauxsphere.js'
import { preparePython } from './python.js'
import { expectSame, expectWhole, linesOf } from './told.js'

const python = preparePython('oslo-vmware', 'openstack.txt')

describe.skipIf(python === undefined)('oslo.vmware, which loads the WSDL', () => {
  let server: Fauxsphere

  beforeAll(async () => {
    server = await createFauxsphere({ port: 0, tls: true, logLevel: 'silent' })
  }, 120_000)

  afterAll(async () => {
    await server?.close()
  })

  it('reads, runs tasks, fails and logs in again as the other doors show', { timeout: 120_000 }, async () => {
    const lines = linesOf((await python?.run('openstack/main.py', server.env)) ?? '')
    expect(lines.length).toBeGreaterThan(0)
    expectWhole(lines)
    expectSame(lines, 31)
  })
})
