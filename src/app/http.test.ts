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
