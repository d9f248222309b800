import { describe, expect, it } from 'vitest'
import { createHttp } from './http.js'
import { resolveOptions } from './options.js'

const createApp = () => createHttp(resolveOptions({ tls: false, logLevel: 'silent', maxBodyBytes: 10 }))

describe('what no door answers', () => {
  it.each(['', '{', `"${'long'.repeat(10)}"`])('is not found, whatever its body is: %j', async (payload) => {
    const app = createApp()
    const headers = { 'content-type': 'application/json' }
    const answer = await app.inject({ method: 'POST', url: '/nosuch', headers, payload })
    expect(answer.statusCode).toBe(404)
    expect(answer.json().message).toContain('There is nothing at POST /nosuch.')
  })
})

describe('a body that cannot be read', () => {
  it.each([
    ['', 400],
    ['{', 400],
    [`"${'long'.repeat(10)}"`, 413],
  ])('is refused where there is something: %j', async (payload, expected) => {
    const app = createApp()
    app.post('/here', () => 'never')
    const headers = { 'content-type': 'application/json' }
    const answer = await app.inject({ method: 'POST', url: '/here', headers, payload })
    expect(answer.statusCode).toBe(expected)
    if (expected === 413) expect(answer.json().message).toContain('maxBodyBytes')
  })
})

describe('a path that cannot be decoded', () => {
  const ask = async (url: string) =>
    (await createApp().inject({ url })) as { statusCode: number; body: string }

  it('is not there for the doors of the Automation API, in their words', async () => {
    const api = await ask('/api/vcenter/vm/%zz')
    expect([api.statusCode, api.body]).toEqual([
      404,
      '{"error_type":"NOT_FOUND","messages":[{"args":[],"default_message":"Not found.","id":"com.vmware.vapi.rest.httpNotFound"}]}',
    ])
    const rest = await ask('/rest/vcenter/vm/%zz')
    expect([rest.statusCode, rest.body]).toEqual([
      404,
      '{"name":"com.vmware.vapi.rest.httpNotFound","localizableMessages":[{"defaultMessage":"Not found.","id":"com.vmware.vapi.rest.httpNotFound"}],"majorErrorCode":404}',
    ])
  })

  it('is refused elsewhere', async () => {
    expect((await ask('/sdk/vim25/%zz')).statusCode).toBe(400)
  })
})
