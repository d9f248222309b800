import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFauxsphere, type Fauxsphere } from '#app/fauxsphere.js'
import { prepareGo } from './go.js'
import { expectSame, expectWhole, linesOf } from './told.js'

const go = prepareGo()

describe.skipIf(go === undefined)('a program with govmomi', () => {
  let server: Fauxsphere

  beforeAll(async () => {
    server = await createFauxsphere({ port: 0, tls: true, logLevel: 'silent' })
  }, 120_000)

  afterAll(async () => {
    await server?.close()
  })

  it.each(['soap', 'json'])(
    'finds, waits, follows and fails as the other doors show, over %s',
    { timeout: 60_000 },
    async (wire) => {
      await server.reset()
      const ended = await go?.run('story', [wire], server.env)
      expect(ended).toMatchObject({ code: 0, stderr: '' })
      const lines = linesOf(ended?.stdout ?? '')
      expectWhole(lines)
      expectSame(lines, 56)
    },
  )
})
