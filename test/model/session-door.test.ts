import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createFauxsphere } from '#app/fauxsphere.js'

const REQUESTS = 2000

const base64 = fc.string({ unit: 'binary' }).map((text) => Buffer.from(text).toString('base64'))
const account = fc
  .record({ user: fc.constantFrom('', 'a', 'administrator@vsphere.local', 'ä:b'), password: fc.string() })
  .map(({ user, password }) => Buffer.from(`${user}:${password}`).toString('base64'))
/** What may stand in a header line at all. */
const headerText = fc.string({ unit: fc.constantFrom(...'Basic Bearer:=,;"%\\<>{}[]0Aa~') })

const request = fc.record({
  method: fc.constantFrom('POST', 'POST', 'GET', 'DELETE', 'PUT'),
  authorization: fc.option(
    fc.oneof(
      account.map((text) => `Basic ${text}`),
      base64.map((text) => `Basic ${text}`),
      headerText,
    ),
    { nil: undefined },
  ),
  token: fc.option(headerText, { nil: undefined }),
  type: fc.option(fc.constantFrom('application/json', 'text/plain', 'x/y', ''), { nil: undefined }),
  body: fc.option(fc.oneof(fc.json(), fc.string(), fc.constant('{')), { nil: undefined }),
})

it(`the session door answers ${REQUESTS} requests that anybody might send, and goes on`, async () => {
  await using server = await createFauxsphere({ tls: false, logLevel: 'silent' })
  const counts = new Map<number, number>()
  await fc.assert(
    fc.asyncProperty(request, async ({ method, authorization, token, type, body }) => {
      const answer = await server.app.inject({
        method: method as 'GET',
        url: '/api/session',
        headers: {
          ...(authorization === undefined ? {} : { authorization }),
          ...(token === undefined ? {} : { 'vmware-api-session-id': token }),
          ...(type === undefined ? {} : { 'content-type': type }),
        },
        ...(body === undefined || method === 'GET' ? {} : { payload: body }),
      })
      counts.set(answer.statusCode, (counts.get(answer.statusCode) ?? 0) + 1)
      expect(answer.statusCode).toBeLessThan(500)
      expect(answer.body).not.toMatch(/\bat \S+ \(.*:\d+:\d+\)/)
      if (answer.statusCode === 201) expect(JSON.parse(answer.body)).toMatch(/^\w+$/)
    }),
    { numRuns: REQUESTS, seed: 20260103 },
  )
  expect(counts.get(201)).toBeGreaterThan(0)
  expect(counts.get(401)).toBeGreaterThan(0)
  expect((await server.app.inject('/healthz')).statusCode).toBe(200)
})
